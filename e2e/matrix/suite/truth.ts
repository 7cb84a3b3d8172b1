import { Metadata, ServerInterceptingCall, status, type ServerInterceptor } from '@grpc/grpc-js';
import { SpanStatusCode } from '@opentelemetry/api';
import type { RecordedSpan } from 'grpc-js-opentelemetry/testing';
import { Rig, TRACED_BY, type CallOptions, type RigOptions, type TracedBy } from './rig.js';
import { SHAPES, TOO_LARGE, type Shape } from './service.js';
import type { providerClass } from './telemetry.js';

/** A way for a call to end, and the code of either side's span; `server` is undefined where no span is to be. */
export interface Ending {
  readonly name: string;
  readonly client: number;
  readonly server: number | undefined;
  readonly call?: CallOptions;
  readonly rig?: RigOptions;
  /** What happens once the server has the call. */
  readonly then?: 'cancel' | 'shutdown';
  /** What happens before the call. */
  readonly before?: 'shutdown';
}

const LIMITED: RigOptions = {
  server: { 'grpc.max_send_message_length': 1000, 'grpc.max_receive_message_length': 1000 },
};

/** Before anybody listens to the call. */
const refusing: ServerInterceptor = (_method, call) =>
  new ServerInterceptingCall(call, {
    start: () => call.sendStatus({ code: status.RESOURCE_EXHAUSTED, details: 'full', metadata: new Metadata() }),
  });

function handlerEnding(behaviour: string, code: number): Ending {
  return { name: `handler: ${behaviour}`, client: code, server: code, call: { behaviour }, rig: LIMITED };
}

export const ENDINGS: readonly Ending[] = [
  handlerEnding('ok', status.OK),
  handlerEnding('code 5', status.NOT_FOUND),
  handlerEnding('code 13', status.INTERNAL),
  handlerEnding('code 14', status.UNAVAILABLE),
  handlerEnding('code 42', 42),
  handlerEnding('plain error', status.UNKNOWN),
  handlerEnding('throw', status.UNKNOWN),
  handlerEnding('unserializable', status.INTERNAL),
  handlerEnding('too large', status.RESOURCE_EXHAUSTED),
  {
    name: 'request too large',
    client: status.RESOURCE_EXHAUSTED,
    server: status.RESOURCE_EXHAUSTED,
    call: { text: TOO_LARGE },
    rig: LIMITED,
  },
  {
    name: 'response too large for the client',
    client: status.RESOURCE_EXHAUSTED,
    server: status.OK,
    call: { behaviour: 'too large' },
    rig: { client: { 'grpc.max_receive_message_length': 1000 } },
  },
  {
    name: 'deadline',
    client: status.DEADLINE_EXCEEDED,
    server: status.DEADLINE_EXCEEDED,
    call: { behaviour: 'hang', deadlineMillis: 150 },
  },
  { name: 'cancel', client: status.CANCELLED, server: status.CANCELLED, call: { behaviour: 'hang' }, then: 'cancel' },
  {
    name: 'cancel, requests open',
    client: status.CANCELLED,
    server: status.CANCELLED,
    call: { behaviour: 'hang', keepsOpen: true },
    then: 'cancel',
  },
  {
    name: 'forced shutdown',
    client: status.CANCELLED,
    server: status.CANCELLED,
    call: { behaviour: 'hang', keepsOpen: true },
    then: 'shutdown',
  },
  {
    name: 'refused in start by an interceptor after tracing',
    client: status.RESOURCE_EXHAUSTED,
    server: status.RESOURCE_EXHAUSTED,
    rig: { serverInterceptor: refusing },
  },
  { name: 'nothing listens', client: status.UNAVAILABLE, server: undefined, before: 'shutdown' },
];

const SERVER_ERRORS: readonly number[] = [
  status.UNKNOWN,
  status.DEADLINE_EXCEEDED,
  status.UNIMPLEMENTED,
  status.INTERNAL,
  status.UNAVAILABLE,
  status.DATA_LOSS,
];

export function said(side: 'client' | 'server', code: number, shape: Shape): string {
  const failed = side === 'client' ? code !== 0 : SERVER_ERRORS.includes(code) || code > 16;
  return [`test.Echo/${shape}`, status[code] ?? code, failed ? 'error' : 'no error'].join(', ');
}

export function told(spans: readonly RecordedSpan[]): string {
  return spans
    .map(({ name, attributes, status: { code } }) =>
      [name, String(attributes['rpc.status_code']), code === SpanStatusCode.ERROR ? 'error' : 'no error'].join(', '),
    )
    .join('; ');
}

export type Check = (row: string, expected: string, actual: string) => void;

/** Every ending in every shape: what the caller got, what either span says, and whose child the SERVER span is. */
export async function truthRows(Provider: Awaited<ReturnType<typeof providerClass>>, check: Check): Promise<void> {
  // While a call with a deadline is open it is known how late the loop is, and so a deadline from a cancel on a busy machine.
  const open = await new Rig(Provider).open();
  try {
    const { code } = open.start('Unary', { behaviour: 'hang', deadlineMillis: 600_000 });
    await open.serverSpans.untilStarted(1);
    for (const tracedBy of TRACED_BY)
      for (const ending of ENDINGS)
        for (const shape of SHAPES) await truthRow(Provider, ending, { shape, tracedBy }, check);
    open.server.forceShutdown();
    await code;
  } finally {
    open.close();
  }
}

async function truthRow(
  Provider: Awaited<ReturnType<typeof providerClass>>,
  ending: Ending,
  { shape, tracedBy }: { readonly shape: Shape; readonly tracedBy: TracedBy },
  check: Check,
): Promise<void> {
  const rig = await new Rig(Provider, { ...ending.rig, tracedBy }).open();
  try {
    if (ending.before === 'shutdown') rig.server.forceShutdown();
    const { call, code } = rig.start(shape, ending.call);
    if (ending.then !== undefined) await rig.serverSpans.untilStarted(1);
    if (ending.then === 'cancel') call.cancel();
    if (ending.then === 'shutdown') rig.server.forceShutdown();
    const got = await code;
    const spans = ending.server === undefined ? 0 : 1;
    await rig.clientSpans.untilEnded(1);
    await rig.serverSpans.untilEnded(spans);
    const row = `${ending.name}, ${shape}, by ${tracedBy}`;
    check(`${row}: caller`, String(ending.client), String(got));
    check(`${row}: CLIENT span`, said('client', ending.client, shape), told(rig.clientSpans.ended));
    check(
      `${row}: SERVER span`,
      ending.server === undefined ? '' : said('server', ending.server, shape),
      told(rig.serverSpans.ended),
    );
    const [client] = rig.clientSpans.ended;
    const parents = rig.serverSpans.ended.map(({ parentSpanContext }) => parentSpanContext?.spanId);
    check(`${row}: parent`, spans === 0 ? '' : String(client?.spanContext().spanId), parents.join());
  } finally {
    rig.close();
  }
}
