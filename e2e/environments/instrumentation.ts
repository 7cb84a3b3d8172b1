/** Where Next.js wants instrumentation to be registered: it runs before any route is loaded. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] === 'nodejs') await import('./program/auto-instrumentation.js');
}
