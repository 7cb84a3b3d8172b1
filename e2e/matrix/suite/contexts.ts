import { context, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { Rig, TRACED_BY, type TracedBy } from './rig.js';
import { SHAPES, type Shape } from './service.js';
import type { providerClass } from './telemetry.js';
import type { Check } from './truth.js';

const CALLERS = ['1', '2', '3'];

const CLIENT_EVENTS: Readonly<Record<Shape, readonly string[]>> = {
  Unary: ['metadata', 'callback', 'status'],
  ClientStream: ['metadata', 'callback', 'status'],
  ServerStream: ['metadata', 'data', 'end', 'status'],
  Bidi: ['metadata', 'data', 'end', 'status'],
};
const SERVER_EVENTS: Readonly<Record<Shape, readonly string[]>> = {
  Unary: ['handler', 'cancelled'],
  ClientStream: ['handler', 'data', 'end', 'cancelled'],
  ServerStream: ['handler', 'cancelled'],
  Bidi: ['handler', 'data', 'end', 'cancelled'],
};

/** Which spans were active at the events of a caller's call. */
class Sightings {
  private readonly seen = new Map<string, Set<string>>();

  note(caller: string, event: string): void {
    const key = `${caller} ${event}`;
    this.seen.set(key, (this.seen.get(key) ?? new Set()).add(trace.getActiveSpan()?.spanContext().spanId ?? 'none'));
  }

  at(caller: string, event: string): string {
    return [...(this.seen.get(`${caller} ${event}`) ?? [])].join();
  }
}

function spanIdOf(caller: string): string {
  return caller.repeat(16);
}

/** Concurrent calls on one connection, new and known: each event in its own caller's context, or its SERVER span's. */
export async function contextRows(Provider: Awaited<ReturnType<typeof providerClass>>, check: Check): Promise<void> {
  for (const tracedBy of TRACED_BY)
    for (const shape of SHAPES)
      for (const known of [false, true]) await contextRow(Provider, { tracedBy, shape, known }, check);
}

async function contextRow(
  Provider: Awaited<ReturnType<typeof providerClass>>,
  { tracedBy, shape, known }: { readonly tracedBy: TracedBy; readonly shape: Shape; readonly known: boolean },
  check: Check,
): Promise<void> {
  const client = new Sightings();
  const server = new Sightings();
  const rig = await new Rig(Provider, {
    tracedBy,
    watch: (event, { metadata }) => server.note(String(metadata.get('caller')[0]), event),
  }).open();
  try {
    if (known) await rig.start('Unary').code;
    const before = rig.serverSpans.ended.length;
    const codes = CALLERS.map((caller) => {
      const own = { traceId: caller.repeat(32), spanId: spanIdOf(caller), traceFlags: TraceFlags.SAMPLED };
      const options = { metadata: { caller }, watch: (event: string) => client.note(caller, event) };
      return context.with(trace.setSpanContext(ROOT_CONTEXT, own), () => rig.start(shape, options).code);
    });
    await Promise.all(codes);
    await rig.serverSpans.untilEnded(before + CALLERS.length);
    for (const caller of CALLERS) {
      const row = `${shape} by ${tracedBy}, ${known ? 'known' : 'new'} connection, caller ${caller}`;
      const span = rig.serverSpans.ended.find((ended) => ended.spanContext().traceId === caller.repeat(32));
      for (const event of CLIENT_EVENTS[shape])
        check(`${row}: client ${event}`, spanIdOf(caller), client.at(caller, event));
      for (const event of SERVER_EVENTS[shape])
        check(`${row}: server ${event}`, String(span?.spanContext().spanId), server.at(caller, event));
    }
  } finally {
    rig.close();
  }
}
