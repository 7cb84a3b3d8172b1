import { constants } from 'node:os';

/** What everything that is run step by step can ask of the program that runs it. */
export interface PartStage {
  /** Tells how far the part is. */
  step(text: string): void;
  /** What ends something that the part started; called when the part is over, failed or interrupted, latest first. */
  onEnd(cleanup: () => Promise<void>): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs one part on its stage. Whatever the part started has ended when this resolves or rejects, and before a signal
 * ends the process.
 */
export async function runOnStage(name: string, part: (stage: PartStage) => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  const cleanups: (() => Promise<void>)[] = [];
  const interrupt = (signal: NodeJS.Signals): void => {
    // How a shell tells that a program was ended by a signal.
    void endAll(cleanups).finally(() => process.exit(128 + constants.signals[signal]));
  };
  for (const signal of SIGNALS) process.once(signal, interrupt);
  try {
    await part({
      step(text) {
        const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
        console.log(`${name.padEnd(12)} ${seconds.padStart(6)} s  ${text}`);
      },
      onEnd: (cleanup) => cleanups.push(cleanup),
    });
  } finally {
    await endAll(cleanups);
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}

/** The first failure is thrown when everything has been tried. */
async function endAll(cleanups: (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (let cleanup = cleanups.pop(); cleanup !== undefined; cleanup = cleanups.pop()) {
    await cleanup().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}
