import { asShown } from '../as-shown.js';
import { isTraced } from '../is-traced.js';
import { tell } from '../tell.js';
import { withSentry } from './with-sentry.js';

async function calls(): Promise<unknown> {
  const { echoCalls } = await import('../echo-calls.js');
  if (!isTraced) return echoCalls();
  return echoCalls(asShown ? await import('./interceptors.js') : await import('../plain.js'));
}

/** Makes the calls of the echo service, with Sentry where they are traced, and tells what it has sent. */
export async function runWithSentry(instrument: () => Promise<unknown>): Promise<void> {
  const { seen, spans } = isTraced ? await withSentry(instrument, calls) : { seen: await calls(), spans: [] };
  tell(seen, spans);
}
