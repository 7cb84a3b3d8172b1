import { setTimeout as elapsed } from 'node:timers/promises';
import * as grpc from '@grpc/grpc-js';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { answering, Refusal, reply } from '../../../examples/calls.js';
import { Greeter, Translator } from '../../../examples/demo/protos.js';
import { serve, tracedBy } from '../../../examples/demo/service.js';
import { startGreeter } from '../../../examples/demo/services/greeter.js';
import { SpanRecorder } from '../../../examples/demo/span-recorder.js';
import type { GreetReply__Output } from '../../../protos/types/demo/GreetReply.js';
import { ExportingTelemetry } from './exporting-telemetry.js';

/** A visitor calls the greeter, the greeter the translator; both sides of both calls leave a span. */
export const SPANS_PER_TRACE = 4;

/** Well above the threshold of the example's configuration. */
const SLOW_MILLIS = 600;
/** Enough to keep one process busy. */
const CALLS_AT_ONCE = 50;
const PATIENCE_MILLIS = 5000;

type Course = 'quick' | 'slow' | 'failing';

/** Two in a hundred fail, one in a hundred is slow. */
function courseOf(index: number): Course {
  if (index % 50 === 0) return 'failing';
  return index % 100 === 1 ? 'slow' : 'quick';
}

/**
 * Makes so many calls, each the beginning of a trace, and sends their spans to the two URLs: the spans of the greeter go
 * another way than those of its caller and of the service behind it.
 *
 * @returns every span that was recorded; all have been taken by whoever listens there
 */
export async function makeTraffic(calls: number, [front, back]: readonly [string, string]): Promise<ReadableSpan[]> {
  const recorder = new SpanRecorder(() => undefined);
  const visitor = new ExportingTelemetry('visitor', recorder, front);
  const greeterTelemetry = new ExportingTelemetry('greeter', recorder, back);
  const translatorTelemetry = new ExportingTelemetry('translator', recorder, front);
  const translator = await serve(translatorTelemetry, (server) =>
    server.addService(Translator.service, {
      Translate: answering(async ({ request }: grpc.ServerUnaryCall<{ language: Course; text: string }, object>) => {
        if (request.language === 'failing') throw new Refusal(grpc.status.UNAVAILABLE, 'the dictionary is lent out');
        if (request.language === 'slow') await elapsed(SLOW_MILLIS);
        return { text: request.text };
      }),
    }),
  );
  const greeter = await startGreeter(greeterTelemetry, translator.address);
  const client = new Greeter(greeter.address, grpc.credentials.createInsecure(), tracedBy(visitor));
  try {
    let next = 0;
    const caller = async (): Promise<void> => {
      while (next < calls) {
        const language = courseOf(next++);
        const call = reply<GreetReply__Output>((done) => client.greet({ name: 'Ada', language }, done));
        // Whether it failed is for the spans to tell.
        await call.catch(() => undefined);
      }
    };
    await Promise.all(Array.from({ length: CALLS_AT_ONCE }, caller));
  } finally {
    client.close();
    await greeter.stop();
    await translator.stop();
  }
  await recorder.allEnded(PATIENCE_MILLIS);
  for (const telemetry of [visitor, greeterTelemetry, translatorTelemetry]) await telemetry.shutdown();
  return [...recorder.spans];
}
