import { tell } from '../tell.js';
import { withSentry } from './with-sentry.js';

/** Tells which tags concurrent handlers saw, with the interceptors in both orders, and what Sentry has sent. */
export async function runIsolation(instrument: () => Promise<unknown>): Promise<void> {
  const { seen, spans } = await withSentry(instrument, async () => {
    const { tagsSeen } = await import('./tags-seen.js');
    const { serverInterceptors } = await import('./interceptors.js');
    return {
      'isolating first': await tagsSeen(serverInterceptors),
      'tracing first': await tagsSeen([...serverInterceptors].reverse()),
    };
  });
  tell(seen, spans);
}
