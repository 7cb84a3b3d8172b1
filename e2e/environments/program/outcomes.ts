// In the order that the auto instrumentation asks for: it comes before the first import of grpc-js.
import './auto-instrumentation.js';
import { trace } from '@opentelemetry/api';
import * as grpc from '@grpc/grpc-js';
import { handlers, keyed, serve, SERVICE, type Message } from './service.js';
import type { PrintedSpan } from './spans.js';

/** What is left of a call when both of its sides are done with it. */
export interface Outcome {
  readonly spans: readonly PrintedSpan[];
  /** The id of the span that was active where the caller was told. */
  readonly toldIn?: string | undefined;
  /** Of the caller's metadata. */
  readonly keys: readonly string[];
}

export type Outcomes = Readonly<Record<'ok' | 'failed' | 'cancelled' | 'failedStream', Outcome>>;

interface Stub extends grpc.Client {
  Unary(message: Message, metadata: grpc.Metadata, callback: () => void): grpc.ClientUnaryCall;
  ServerStream(message: Message, metadata: grpc.Metadata): grpc.ClientReadableStream<Message>;
}

const Client = grpc.makeClientConstructor(SERVICE, 'Echo');

/** Starts a call, and says when its caller is told how it ended. */
type Start = (client: Stub, metadata: grpc.Metadata, onTold: () => void) => void;

async function outcome(start: Start): Promise<Outcome> {
  const metadata = keyed();
  let toldIn: string | undefined;
  const { spans } = await serve([], async (target) => {
    // The methods are those of the definition.
    const client = new Client(target, grpc.credentials.createInsecure()) as unknown as Stub;
    await new Promise<void>((resolve) => {
      start(client, metadata, () => {
        toldIn = trace.getActiveSpan()?.spanContext().spanId;
        resolve();
      });
    });
    client.close();
  });
  return { spans, toldIn, keys: Object.keys(metadata.getMap()) };
}

async function outcomes(): Promise<Outcomes> {
  return {
    ok: await outcome((client, metadata, onTold) => client.Unary({ text: 'hello' }, metadata, onTold)),
    failed: await outcome((client, metadata, onTold) => client.Unary({ text: 'fail' }, metadata, onTold)),
    cancelled: await outcome((client, metadata, onTold) => {
      const call = client.Unary({ text: 'hold' }, metadata, onTold);
      handlers.once('held', () => call.cancel());
    }),
    failedStream: await outcome((client, metadata, onTold) => {
      const call = client.ServerStream({ text: 'fail' }, metadata).resume();
      // Without a listener the error would be uncaught.
      call.on('error', () => undefined).on('status', onTold);
    }),
  };
}

void outcomes().then((result) => console.log(JSON.stringify(result)));
