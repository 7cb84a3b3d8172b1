import { context, type Context } from '@opentelemetry/api';

/**
 * Hands an event on to a listener in a context: right away where that context is active already, since to enter one costs
 * an entry in Node's bookkeeping. A function that takes the listener, not a method of it, which would be bound anew for
 * every event.
 */
export function deliver<Listener, Event>(
  wanted: Context,
  to: (listener: Listener, event: Event) => void,
  listener: Listener,
  event: Event,
): void {
  if (context.active() === wanted) to(listener, event);
  else context.with(wanted, to, undefined, listener, event);
}
