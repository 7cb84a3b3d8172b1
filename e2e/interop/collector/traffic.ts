import { status } from '@grpc/grpc-js';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { EchoClient, EchoHandlers } from '../../../protos/types/test/Echo';
import { invoke } from '../../../tools/invoke.js';
import { whileServing } from '../three-services.js';
import { ExportingTelemetry } from './exporting-telemetry.js';

/** A visitor calls the greeter, the greeter the translator; both sides of both calls leave a span. */
export const SPANS_PER_TRACE = 4;

/** Well above the threshold of the example's configuration. */
const SLOW_MILLIS = 600;
/** Enough to keep one process busy. */
const CALLS_AT_ONCE = 50;

const QUICK = 'quick';
const SLOW = 'slow';
const FAILING = 'failing';

/** Two in a hundred fail, one in a hundred is slow. */
function courseOf(index: number): string {
  if (index % 50 === 0) return FAILING;
  return index % 100 === 1 ? SLOW : QUICK;
}

/** The text of a request is the course that its call is to take. */
const translate: EchoHandlers['Unary'] = ({ request }, callback) => {
  const answer = () => callback(null, request);
  if (request.text === FAILING) callback({ code: status.UNAVAILABLE, details: 'the dictionary is lent out' });
  else if (request.text === SLOW) setTimeout(answer, SLOW_MILLIS);
  else answer();
};

/**
 * Makes so many calls, each the beginning of a trace, and sends their spans to the two URLs: the spans of the greeter go
 * another way than those of its caller and of the service behind it.
 *
 * @returns every span that was recorded; all have been taken by whoever listens there
 */
export async function makeTraffic(calls: number, [front, back]: readonly [string, string]): Promise<ReadableSpan[]> {
  const telemetries = {
    visitor: new ExportingTelemetry('visitor', front),
    greeter: new ExportingTelemetry('greeter', back),
    translator: new ExportingTelemetry('translator', front),
  };
  const tracing = {
    visitor: { tracerProvider: telemetries.visitor.tracerProvider },
    greeter: { tracerProvider: telemetries.greeter.tracerProvider },
    translator: { tracerProvider: telemetries.translator.tracerProvider },
  };
  await whileServing(tracing, { Unary: translate }, (greeter) => callAll(greeter, calls));
  const spans = await Promise.all(Object.values(telemetries).map((telemetry) => telemetry.shutdown()));
  return spans.flat();
}

async function callAll(greeter: EchoClient, calls: number): Promise<void> {
  let next = 0;
  const caller = async (): Promise<void> => {
    // Whether one failed is for the spans to tell.
    while (next < calls) await invoke(greeter, 'Unary', { text: courseOf(next++) }).result;
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, caller));
}
