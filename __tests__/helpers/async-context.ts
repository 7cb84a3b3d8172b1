import { context, ROOT_CONTEXT, trace, TraceFlags, type Context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { EventEmitter } from 'node:events';
import type { Writable } from 'node:stream';
import type { EchoRig } from './echo.js';

/** Registers a context manager for a test file: without one, no context is ever active. */
export function useContextManager(): void {
  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  });
  afterAll(() => {
    context.disable();
  });
}

/** Someone with a span of their own: which span is active at an event tells whose context it came in. */
export interface Party {
  readonly traceId: string;
  readonly spanId: string;
  readonly context: Context;
  run<T>(act: () => T): T;
}

export function party(number: number, base: Context = ROOT_CONTEXT): Party {
  const traceId = String(number).padStart(32, '7');
  const spanId = String(number).padStart(16, '7');
  const own = trace.setSpanContext(base, { traceId, spanId, traceFlags: TraceFlags.SAMPLED });
  return { traceId, spanId, context: own, run: (act) => context.with(own, act) };
}

export function activeSpanId(): string {
  return trace.getActiveSpan()?.spanContext().spanId ?? 'no span';
}

/** What was active when the events of a call came: the spans, unless another look at it is given. */
export class Sightings {
  private readonly seen = new Map<string, Set<string>>();
  private wake = (): void => undefined;

  constructor(private readonly look = activeSpanId) {}

  note(event: string): void {
    this.seen.set(event, (this.seen.get(event) ?? new Set()).add(this.look()));
    this.wake();
  }

  listen(emitter: EventEmitter, events: readonly string[]): void {
    for (const event of events) emitter.on(event, () => this.note(event));
  }

  /** What was seen, by event, once each of these events has come. */
  async of(events: readonly string[]): Promise<Record<string, string[]>> {
    while (!events.every((event) => this.seen.has(event))) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return Object.fromEntries(events.map((event) => [event, [...(this.seen.get(event) ?? [])]]));
  }
}

/** What {@link Sightings.of} gives when all these events came in one context. */
export function allIn(spanId: string, events: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(events.map((event) => [event, [spanId]]));
}

/** The id of the SERVER span of a caller's call, once every SERVER span of the rig has ended. */
export async function serverSpanIdOf({ serverTelemetry }: EchoRig, { traceId }: Party): Promise<string> {
  await serverTelemetry.allEnded();
  const span = serverTelemetry.ended.find((ended) => ended.spanContext().traceId === traceId);
  return span?.spanContext().spanId ?? 'no SERVER span';
}

/** One more than a stream of objects takes before it asks to wait for `drain`. */
const MORE_THAN_THE_BUFFER = 17;

/** Writes until the stream asks to wait for `drain`. */
export function fill(stream: Writable, written: () => void): void {
  for (let n = 0; n < MORE_THAN_THE_BUFFER; n++) stream.write({ text: 'x' }, written);
}
