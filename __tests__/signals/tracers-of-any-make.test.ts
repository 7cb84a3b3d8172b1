import { status } from '@grpc/grpc-js';
import {
  context,
  INVALID_SPAN_CONTEXT,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Span,
  type SpanContext,
  type SpanStatus,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useEcho } from '../helpers/echo.js';
import { behave } from '../helpers/echo-handlers.js';

/** What a span of the bare interface was told. */
interface Told {
  readonly name: string;
  readonly kind: SpanKind | undefined;
  readonly parent: string | undefined;
  readonly attributes: Attributes;
  readonly spanId: string;
  status?: SpanStatus;
  ended: number;
}

/** A span with the methods of the API's interface and nothing else: no `name`, no `kind`, no `duration`, no prototype. */
function bareSpan(told: Told, spanContext: SpanContext): Span {
  const span: Span = Object.assign(Object.create(null) as Span, {
    spanContext: () => spanContext,
    setAttribute: () => span,
    setAttributes: (attributes: Attributes) => (Object.assign(told.attributes, attributes), span),
    addEvent: () => span,
    addLink: () => span,
    addLinks: () => span,
    setStatus: (given: SpanStatus) => ((told.status = given), span),
    updateName: () => span,
    end: () => {
      told.ended++;
    },
    isRecording: () => told.ended === 0,
    recordException: () => undefined,
  } satisfies Span);
  return Object.freeze(span);
}

function bareProvider(): { readonly provider: TracerProvider; readonly told: Told[] } {
  const told: Told[] = [];
  const tracer: Tracer = {
    startSpan(name, { kind, attributes = {} } = {}, parentContext: Context = context.active()) {
      const parent = trace.getSpanContext(parentContext);
      const spanId = String(told.length + 1).padStart(16, '0');
      const started = { name, kind, parent: parent?.spanId, attributes: { ...attributes }, spanId, ended: 0 };
      told.push(started);
      return bareSpan(started, { traceId: parent?.traceId ?? '8'.repeat(32), spanId, traceFlags: TraceFlags.SAMPLED });
    },
    startActiveSpan: () => {
      throw new Error('not what an interceptor calls');
    },
  };
  return { provider: Object.freeze({ getTracer: () => tracer }), told };
}

const echo = useEcho();

describe('spans of the bare interface', () => {
  it.each(SHAPES)('%s: both sides are told whole, linked, and ended once', async (shape) => {
    const { provider, told } = bareProvider();
    const tracing = { tracerProvider: provider, messageEvents: true };
    const rig = await echo.start({ serverTracing: tracing, clientTracing: tracing });
    const { code } = await invoke(rig.client, shape, { metadata: behave('code 14') }).result;
    expect(code).toBe(status.UNAVAILABLE);
    await new Promise((resolve) => rig.server.tryShutdown(resolve));
    const common = {
      name: `test.Echo/${shape}`,
      status: { code: SpanStatusCode.ERROR, message: expect.any(String) as string },
      ended: 1,
    };
    const attributes = expect.objectContaining({
      'rpc.status_code': 'UNAVAILABLE',
      'error.type': 'UNAVAILABLE',
    }) as object;
    expect(told).toEqual([
      { ...common, kind: SpanKind.CLIENT, spanId: '0000000000000001', parent: undefined, attributes },
      { ...common, kind: SpanKind.SERVER, spanId: '0000000000000002', parent: '0000000000000001', attributes },
    ]);
  });
});

describe('an active span that does not say who it is', () => {
  beforeEach(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
  afterEach(() => context.disable());

  it.each<[what: string, spanContext: () => SpanContext, told: readonly string[]]>([
    [
      'throws',
      () => {
        throw new Error('who knows');
      },
      ['the span could not be started', 'the propagator could not inject'],
    ],
    ['is of no trace', () => INVALID_SPAN_CONTEXT, []],
  ])('%s: the call goes on', async (_what, spanContext, lines) => {
    const stranger = Object.assign(Object.create(trace.wrapSpanContext(INVALID_SPAN_CONTEXT)) as Span, { spanContext });
    const { provider, told } = bareProvider();
    const rig = await echo.start({ serverTracing: { tracerProvider: provider } });
    const called = context.with(trace.setSpan(ROOT_CONTEXT, stranger), () => invoke(rig.client, 'Unary').result);
    expect((await called).code).toBe(status.OK);
    await new Promise((resolve) => rig.server.tryShutdown(resolve));
    expect(told).toHaveLength(1);
    expect(echo.takeDiagLines()).toEqual(lines.map((line) => `grpc-js-opentelemetry: ${line}`));
  });
});
