import { setTimeout as elapsed } from 'node:timers/promises';

const PATIENCE_MILLIS = 60_000;
const BETWEEN_MILLIS = 50;

/**
 * What `attempt` finds, asked again until it finds something: programs of others tell nobody when something has arrived
 * with them. An attempt that throws has found nothing.
 *
 * @param unless rejects when there is nothing to wait for any more
 * @throws after a minute, with what the last attempt threw
 */
export async function eventually<T>(
  what: string,
  attempt: () => Promise<T | undefined>,
  unless: Promise<never> = new Promise(() => undefined),
): Promise<T> {
  const deadline = performance.now() + PATIENCE_MILLIS;
  for (;;) {
    let reason: unknown;
    const noted = (error: unknown): undefined => {
      reason = error;
    };
    const found = await Promise.race([attempt().catch(noted), unless]);
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`no ${what} in ${PATIENCE_MILLIS} ms`, { cause: reason });
    await Promise.race([elapsed(BETWEEN_MILLIS), unless]);
  }
}
