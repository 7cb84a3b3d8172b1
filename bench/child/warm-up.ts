import { makeCalls, type Subject } from './subject.js';

/**
 * Of unary calls, 24,000 in all. On Node 24 the compiler and the sizes of the heap settle only then, and the more code there
 * is, the later: after 8,000 by hand was 14 µs over bare, the interceptors 34; after 24,000, 25 and 30.
 */
const SLICES = 12;

/** Makes calls until a call costs what it costs from then on. @param atOnce - how many, before what they have caused is awaited */
export async function warmUp(subject: Subject, atOnce: number): Promise<void> {
  for (let made = 0; made < SLICES * subject.task.calls; made += atOnce) await makeCalls(subject, atOnce);
}
