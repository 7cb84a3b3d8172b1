import { makeCalls, type Subject } from './subject.js';

/** Of unary calls, 24,000 in all, which Node 24 takes to settle: bench/README.md has the figures of fewer. */
const SLICES = 12;

/**
 * Makes calls until a call costs what it costs from then on.
 *
 * @param atOnce - how many of them before what they have caused is awaited
 */
export async function warmUp(subject: Subject, atOnce: number): Promise<void> {
  for (let made = 0; made < SLICES * subject.task.calls; made += atOnce) await makeCalls(subject, atOnce);
}
