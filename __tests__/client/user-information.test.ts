import { InterceptingCall, status, type CallOptions, type ClientOptions, type Interceptor } from '@grpc/grpc-js';
import { diag, DiagLogLevel, type DiagLogger } from '@opentelemetry/api';
import { once } from 'node:events';
import { connect, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type { TracingOptions } from '../../lib/index.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { ConnectProxy } from '../helpers/connect-proxy.js';
import { useEcho, type EchoRig } from '../helpers/echo.js';
import { HeldStarts } from '../helpers/held-starts.js';
import { LogRecords } from '../helpers/log-records.js';
import { Measurements } from '../helpers/measurements.js';
import { plainSpan } from '../helpers/plain-span.js';

const echo = useEcho();

const SECRET = 'secret';

/** Keeps all that is told, at any level, and whatever comes with it. */
class EveryLine implements DiagLogger {
  readonly told: unknown[] = [];
  readonly error = this.keep.bind(this);
  readonly warn = this.keep.bind(this);
  readonly info = this.keep.bind(this);
  readonly debug = this.keep.bind(this);
  readonly verbose = this.keep.bind(this);

  private keep(...told: unknown[]): void {
    this.told.push(told);
  }
}

interface Call {
  readonly target?: string;
  readonly clientOptions?: ClientOptions;
  readonly callOptions?: CallOptions;
}

/** All that the package says to anybody about a call of each shape. */
async function saidOf({ target, clientOptions, callOptions = {} }: Call): Promise<string> {
  const lines = new EveryLine();
  diag.setLogger(lines, { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true });
  const measurements = new Measurements();
  const records = new LogRecords();
  const hooked: unknown[] = [];
  const options: TracingOptions = {
    meterProvider: measurements.provider,
    activeCalls: true,
    loggerProvider: records.provider,
    errorEvents: 'dup',
    captureMetadata: { request: ['a'], response: ['a'], trailer: ['a'] },
    messageEvents: true,
    attributes: (rpc) => ({ 'rpc.all': inspect(rpc) }),
    startHook: (_span, rpc) => void hooked.push(rpc),
    endHook: (_span, rpc, outcome) => void hooked.push(rpc, outcome),
  };
  const rig = await echo.start({ clientTracing: options, serverTracing: options });
  const client = rig.newClient(target ?? rig.address, clientOptions);
  for (const shape of SHAPES) await invoke(client, shape, { callOptions }).result;
  await rig.clientTelemetry.spans(SHAPES.length);
  await Promise.all([rig.clientTelemetry.allEnded(), rig.serverTelemetry.allEnded()]);
  return inspect(
    {
      spans: spansOf(rig),
      metrics: await measurements.metrics(3 * SHAPES.length),
      records: records.all,
      told: lines.told,
      hooked,
    },
    { depth: Infinity, maxStringLength: null, maxArrayLength: null, showHidden: true },
  );
}

/** Whatever an exporter can read of a span. */
function spansOf({ clientTelemetry, serverTelemetry }: EchoRig): unknown[] {
  return [...clientTelemetry.ended, ...serverTelemetry.ended].map((span) => ({
    ...plainSpan(span),
    links: span.links,
    resource: span.resource.attributes,
    scope: span.instrumentationScope,
    context: span.spanContext(),
  }));
}

/** Whether a server is asked for an authority that names a user. From Node 24 on it is not (RFC 9113, section 8.3.1). */
async function reachesServer(authority: string): Promise<boolean> {
  const server = createServer((_request, response) => response.end()).listen(0);
  await once(server, 'listening');
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    const request = session.request({ ':authority': authority });
    return await once(request, 'response').then(
      () => true,
      () => false,
    );
  } finally {
    session.destroy();
    server.close();
  }
}

const VARIABLE = 'grpc_proxy';
const before = process.env[VARIABLE];

afterEach(() => {
  Reflect.deleteProperty(process.env, VARIABLE);
  Object.assign(process.env, before !== undefined && { [VARIABLE]: before });
});

describe('user information in a target is nowhere in what is said', () => {
  it.each([
    'me:secret@nowhere.invalid:1',
    'me:secret@nowhere.invalid',
    'secret@nowhere.invalid:1',
    'me:secret@127.0.0.1:1',
    'me:secret@[::1]:1',
    'dns:me:secret@nowhere.invalid:1',
    'dns:///me:secret@nowhere.invalid',
    'dns:///me:secret@127.0.0.1:1',
    'ipv4:me:secret@127.0.0.1:1',
    'ipv6:me:secret@[::1]:1',
    'xds://me:secret@auth/svc',
    'xds:///me:secret@svc',
    'https://me:secret@nowhere.invalid:1/path',
    'me:secret@',
    'me:se@secret@nowhere.invalid:1',
    'me:/secret@nowhere.invalid:1',
    'me:secret/@nowhere.invalid:1',
    'me:%40secret@nowhere.invalid:1',
    'me:secret @nowhere.invalid:1',
    'me:secret@one.invalid:1,you:secret@two.invalid:1',
  ])('of %s, where nobody listens', async (target) => {
    const said = await saidOf({ target });
    expect(said).toContain("'rpc.client.call.duration'");
    expect(said).toContain("'rpc.client.active_requests'");
    expect(said).toContain("'rpc.client.call.exception'");
    expect(said).not.toContain(SECRET);
  });

  it('of a server that is reached by way of a proxy, on either side', async () => {
    const rig = await echo.start();
    const proxy = await new ConnectProxy(rig.port).listen();
    process.env[VARIABLE] = `http://proxy:secret@127.0.0.1:${proxy.port}`;
    try {
      const said = await saidOf({ target: 'me:secret@payments.example:1' });
      expect(said).toContain('payments.example');
      expect(said).not.toContain(SECRET);
      await rig.serverTelemetry.spans((await reachesServer('me:secret@payments.example:1')) ? SHAPES.length : 0);
      expect(inspect(spansOf(rig), { depth: Infinity })).not.toContain(SECRET);
    } finally {
      await proxy.close();
    }
  });

  it.each<[what: string, call: Call]>([
    ['the client’s authority', { clientOptions: { 'grpc.default_authority': 'me:secret@payments.example:1' } }],
    ['the call’s host', { callOptions: { host: 'me:secret@payments.example:1' } }],
  ])('of %s', async (_what, call) => {
    const said = await saidOf(call);
    expect(said.includes('payments.example')).toBe(await reachesServer('me:secret@payments.example:1'));
    expect(said).not.toContain(SECRET);
  });

  const target = 'me:secret@nowhere.invalid:1';
  const failed = `no token for ${target}`;

  it('of an error that an interceptor throws at the start', async () => {
    const throwing: Interceptor = (options, nextCall) =>
      new InterceptingCall(nextCall(options), {
        start: () => {
          throw new Error(failed);
        },
      });
    const rig = await echo.start({ clientChain: (tracing) => [tracing, throwing] });
    const client = rig.newClient(target);
    for (const shape of SHAPES) expect(() => invoke(client, shape)).toThrow(failed);
    const said = inspect(spansOf(rig), { depth: Infinity });
    expect(said).toContain('no token for nowhere.invalid:1');
    expect(said).not.toContain(SECRET);
  });

  it.each<[order: string, chain: (tracing: Interceptor, holding: Interceptor) => Interceptor[]]>([
    ['before', (tracing, holding) => [holding, tracing]],
    ['after', (tracing, holding) => [tracing, holding]],
  ])('of what a call is cancelled with while an interceptor %s tracing holds it back', async (_order, chain) => {
    const held = new HeldStarts();
    let cancel = (): void => undefined;
    const cancelling: Interceptor = (options, nextCall) => {
      const call = nextCall(options);
      cancel = () => call.cancelWithStatus(status.UNAUTHENTICATED, failed);
      return new InterceptingCall(call);
    };
    const rig = await echo.start({ clientChain: (tracing) => [cancelling, ...chain(tracing, held.interceptor)] });
    const client = rig.newClient(target);
    for (const shape of SHAPES) {
      invoke(client, shape);
      cancel();
      await new Promise(setImmediate);
      held.letGo();
    }
    await rig.clientTelemetry.spans(SHAPES.length);
    const said = inspect(spansOf(rig), { depth: Infinity });
    expect(said).toContain('no token for nowhere.invalid:1');
    expect(said).not.toContain(SECRET);
  });
});
