import type { Program } from './program.js';

/**
 * What comes of waiting for a program, which is killed when that takes too long.
 *
 * @throws an error that says `late` then, with what the wait came to as its cause
 */
export async function limited<T>(program: Program, millis: number, late: string, wait: Promise<T>): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort();
    void program.kill();
  }, millis);
  const [outcome] = await Promise.allSettled([wait]);
  clearTimeout(timer);
  if (!limit.signal.aborted) return wait;
  throw new Error(late, { cause: outcome.status === 'rejected' ? outcome.reason : outcome.value });
}
