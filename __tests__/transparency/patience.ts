import type { CallOptions } from '@grpc/grpc-js';

/**
 * How long a scenario waits where waiting is what it is about, in milliseconds. Whatever else happens in it must have
 * happened by then, on a busy machine too.
 */
export const PATIENCE_MS = 1000;

export function soon(): CallOptions {
  return { deadline: Date.now() + PATIENCE_MS };
}

/**
 * Cancels a call that may never end by itself. Not a deadline: that both sides watch, and which of them is the first to end
 * the call shows in the context of the server's events.
 */
export function cancelSoon(call: { cancel(): void }): void {
  setTimeout(() => call.cancel(), PATIENCE_MS);
}
