import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Shape } from '../../tools/invoke.js';
import { frame } from './frame.js';

/** What the client's thread is told. */
export interface CancellingWork {
  readonly port: number;
  readonly path: string;
  readonly body: Uint8Array;
  /** Its one number is 1 once the reset has been written. */
  readonly sent: Int32Array;
}

/** Only for machines that are slow, or busy with other things: less than what Jest gives a test. */
const PATIENCE_MS = 30_000;

/**
 * A client in a thread of its own, which makes one call, request and half close, and cancels it while this thread is
 * blocked.
 */
export class CancellingClient {
  private readonly sent = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private readonly worker: Worker;

  constructor(port: number, shape: Shape) {
    const workerData: CancellingWork = { port, path: `/test.Echo/${shape}`, body: frame('hello'), sent: this.sent };
    // tsx as a loader of ES modules does not reach into workers on Node 20.
    const execArgv = ['--require', 'tsx/cjs'];
    this.worker = new Worker(join(__dirname, 'cancelling-worker.ts'), { workerData, execArgv });
  }

  /** Blocks this thread, as a handler does that computes, until the client has given up. */
  blockUntilCancelled(): void {
    this.worker.postMessage('cancel');
    if (Atomics.wait(this.sent, 0, 0, PATIENCE_MS) === 'timed-out') throw new Error('the client did not cancel');
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }
}
