import type * as grpc from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import type { Readable, Writable } from 'node:stream';
import type { EchoClient } from '../../protos/types/test/Echo';
import { planMetadata, type CallPlan } from './plan.js';

/** How long after its deadline a call that has no status is given up. */
const PATIENCE_MILLIS = 10_000;

/** A call that got no status. */
export const NO_STATUS = -2;

/** Makes one call as planned; resolves with the code that the application was told, or {@link NO_STATUS}. */
export function makeCall(client: EchoClient, plan: CallPlan): Promise<number> {
  return new Promise((resolve) => {
    const call = new PlannedCall(plan, resolve);
    call.start(client);
  });
}

interface Cancellable {
  cancel(): void;
}

class PlannedCall {
  private call: Cancellable | undefined;
  private cancelTimer: NodeJS.Timeout | undefined;
  private readonly patience: NodeJS.Timeout;
  private received = 0;

  constructor(
    private readonly plan: CallPlan,
    private readonly resolve: (code: number) => void,
  ) {
    this.patience = setTimeout(() => this.finish(NO_STATUS), plan.deadlineMillis + PATIENCE_MILLIS);
  }

  start(client: EchoClient): void {
    const { plan } = this;
    this.call = this.open(client, planMetadata(plan), { deadline: Date.now() + plan.deadlineMillis });
    if (plan.cancel === 'at once') this.call.cancel();
    if (typeof plan.cancel === 'number') this.cancelTimer = setTimeout(() => this.call?.cancel(), plan.cancel);
  }

  private open(client: EchoClient, metadata: grpc.Metadata, options: grpc.CallOptions): Cancellable {
    const request = { text: 'r'.repeat(this.plan.size) };
    switch (this.plan.shape) {
      case 'Unary':
        return client.Unary(request, metadata, options, this.onResponse);
      case 'ClientStream':
        return this.write(client.ClientStream(metadata, options, this.onResponse));
      case 'ServerStream':
        return this.read(client.ServerStream(request, metadata, options));
      case 'Bidi':
        return this.write(this.read(client.Bidi(metadata, options)));
    }
  }

  private readonly onResponse = (error: grpc.ServiceError | null): void => {
    this.finish(error?.code ?? status.OK);
  };

  private read<Stream extends Readable>(stream: Stream): Stream {
    const { reads, cancel } = this.plan;
    stream.on('error', () => undefined);
    stream.on('status', ({ code }: grpc.StatusObject) => this.finish(code));
    if (reads === 0) return stream;
    return stream.on('data', () => {
      this.received++;
      if (this.received === 1 && cancel === 'at the first message') this.call?.cancel();
      if (this.received === reads) stream.pause();
    });
  }

  private write<Stream extends Writable>(stream: Stream): Stream {
    const { requests, size, keepsOpen } = this.plan;
    // A write to a call that is over is an error of the stream alone.
    stream.on('error', () => undefined);
    for (let n = 0; n < requests; n++) stream.write({ text: 'r'.repeat(size) });
    if (!keepsOpen) stream.end();
    return stream;
  }

  private finish(code: number): void {
    clearTimeout(this.patience);
    clearTimeout(this.cancelTimer);
    // Else grpc-js leaks it: see docs/storm.md.
    if (this.plan.cancel === 'at once') setImmediate(() => this.call?.cancel());
    this.resolve(code);
  }
}
