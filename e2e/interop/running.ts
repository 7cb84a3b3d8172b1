import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE } from '../../tools/places.js';
import type { Cell, Part, Stage } from './part.js';

/** One part on its stage, and what it has to be rid of in the end. */
export class Running implements Stage {
  readonly cells: Cell[] = [];
  readonly cacheDirectory = join(CACHE, 'interop');
  readonly #part: Part;
  readonly #cleanups: (() => Promise<void>)[] = [];
  readonly #startedAt = performance.now();

  constructor(part: Part) {
    this.#part = part;
  }

  /** Runs the part; whatever it started has ended when this resolves or rejects. */
  async run(): Promise<void> {
    await mkdir(this.cacheDirectory, { recursive: true });
    try {
      await this.#part.run(this);
    } finally {
      await this.end();
    }
  }

  step(text: string): void {
    const seconds = ((performance.now() - this.#startedAt) / 1000).toFixed(1);
    console.log(`${this.#part.name.padEnd(12)} ${seconds.padStart(6)} s  ${text}`);
  }

  cell(cell: Cell): void {
    this.cells.push(cell);
  }

  onEnd(cleanup: () => Promise<void>): void {
    this.#cleanups.push(cleanup);
  }

  /** Ends what the part started. The first failure is thrown when everything has been tried. */
  async end(): Promise<void> {
    const failures: unknown[] = [];
    for (let cleanup = this.#cleanups.pop(); cleanup !== undefined; cleanup = this.#cleanups.pop()) {
      await cleanup().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}
