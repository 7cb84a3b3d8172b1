import { context, type Context } from '@opentelemetry/api';

/**
 * Calls in a context: right away where that is active already, as it mostly is for whoever gets an answer, since entering one
 * costs an entry in Node's bookkeeping.
 */
export function callBack<Listener, Event>(
  inside: Context,
  to: (listener: Listener, event: Event) => void,
  listener: Listener,
  event: Event,
): void {
  if (context.active() === inside) to(listener, event);
  else context.with(inside, to, undefined, listener, event);
}
