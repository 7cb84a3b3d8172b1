import type { CallOptions } from '@grpc/grpc-js';

/**
 * How long a scenario waits where waiting is what it is about, in milliseconds. Whatever else happens in it must have
 * happened by then, on a busy machine too.
 */
export const PATIENCE_MS = 250;

export function soon(): CallOptions {
  return { deadline: Date.now() + PATIENCE_MS };
}
