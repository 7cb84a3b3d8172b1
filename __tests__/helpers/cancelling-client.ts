import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Shape } from '../../tools/invoke.js';
import { frame } from './frame.js';

/** What the client's thread is told. */
export interface CancellingWork {
  readonly port: number;
  readonly path: string;
  readonly body: Uint8Array;
  /** As the header says it; without, the call has no deadline and is made at once. */
  readonly timeout: string | undefined;
  /** How much has been written: 1, the whole request; 2, the reset. */
  readonly sent: Int32Array;
}

export const REQUESTED = 1;
export const CANCELLED = 2;

/** Only for machines that are slow, or busy with other things: less than what Jest gives a test. */
const PATIENCE_MS = 30_000;

/**
 * A client in a thread of its own, which makes one call, request and half close, and cancels it when it is told, also while
 * this thread is blocked.
 */
export class CancellingClient {
  private readonly sent = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private readonly worker: Worker;

  /** @param timeout - of a call that is made only when it is told, in gRPC's own format */
  constructor(port: number, shape: Shape, timeout?: string) {
    const workerData: CancellingWork = {
      port,
      path: `/test.Echo/${shape}`,
      body: frame('hello'),
      timeout,
      sent: this.sent,
    };
    // tsx as a loader of ES modules does not reach into workers on Node 20.
    const execArgv = ['--require', 'tsx/cjs'];
    this.worker = new Worker(join(__dirname, 'cancelling-worker.ts'), { workerData, execArgv });
  }

  /** Blocks this thread, as a handler does that computes, until the client has made its call and for so long after it. */
  blockAfterRequest(millis: number): void {
    this.worker.postMessage('request');
    this.blockUntil(REQUESTED, 'make its call');
    Atomics.wait(this.sent, 0, REQUESTED, millis);
  }

  /** Blocks this thread, as a handler does that computes, until the client has given up. */
  blockUntilCancelled(): void {
    this.cancel();
    this.blockUntil(CANCELLED, 'cancel');
  }

  cancel(): void {
    this.worker.postMessage('cancel');
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private blockUntil(written: number, what: string): void {
    for (let now = Atomics.load(this.sent, 0); now < written; now = Atomics.load(this.sent, 0)) {
      if (Atomics.wait(this.sent, 0, now, PATIENCE_MS) === 'timed-out') throw new Error(`the client did not ${what}`);
    }
  }
}
