import { logVerbosity, setLogVerbosity, status, type ClientOptions } from '@grpc/grpc-js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { ConnectProxy } from '../helpers/connect-proxy.js';
import { useEcho, type EchoRig } from '../helpers/echo.js';
import { expectedSpan, type ExpectedOutcome } from '../helpers/expected-span.js';
import { measured } from '../helpers/measured.js';
import { plainSpan, type PlainSpan } from '../helpers/plain-span.js';

const echo = useEcho();

const OK = { code: status.OK, details: 'OK' };

/** What grpc-js asks when a channel is made. */
const VARIABLES = ['grpc_proxy', 'https_proxy', 'http_proxy', 'no_grpc_proxy', 'no_proxy'] as const;
type Variables = Partial<Record<(typeof VARIABLES)[number], string>>;

function setVariables(variables: Variables): void {
  for (const name of VARIABLES) {
    const value = variables[name];
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}

const before: Variables = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));
const proxies: ConnectProxy[] = [];

beforeAll(() => {
  // It prints which proxy it could not get through.
  setLogVerbosity(logVerbosity.NONE);
});
beforeEach(() => setVariables({}));
afterEach(async () => {
  setVariables(before);
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
});

/** A proxy before a rig's server. */
async function proxyOf({ port }: EchoRig): Promise<ConnectProxy> {
  const proxy = await new ConnectProxy(port).listen();
  proxies.push(proxy);
  return proxy;
}

interface Ends {
  readonly address: string;
  readonly port: number | undefined;
  readonly peerPort?: number;
}

/** A whole CLIENT span of a call to one place whose connection leads to another. */
function spanBetween(shape: (typeof SHAPES)[number], outcome: ExpectedOutcome, { address, port, peerPort }: Ends) {
  const span = expectedSpan('client', shape, outcome, 0, peerPort === undefined ? 'none' : 'connected');
  const attributes = { ...span.attributes, 'server.address': address };
  for (const [key, value] of Object.entries({ 'server.port': port, 'network.peer.port': peerPort })) {
    if (value === undefined) Reflect.deleteProperty(attributes, key);
    else Reflect.set(attributes, key, value);
  }
  return { ...span, attributes };
}

async function clientSpans({ clientTelemetry }: EchoRig, count: number): Promise<PlainSpan[]> {
  return (await clientTelemetry.spans(count)).map(plainSpan);
}

describe.each(['grpc_proxy', 'https_proxy', 'http_proxy'] as const)('behind the proxy that %s names', (variable) => {
  it.each(SHAPES)('a %s call has its target, and the proxy for its peer', async (shape) => {
    const rig = await echo.start();
    const proxy = await proxyOf(rig);
    setVariables({ [variable]: `http://127.0.0.1:${proxy.port}` });
    const client = rig.newClient('payments.example:8443');
    expect((await invoke(client, shape).result).code).toBe(status.OK);
    expect(proxy.asked).toEqual([{ target: 'payments.example:8443', credentials: undefined }]);
    expect(await clientSpans(rig, 1)).toEqual([
      spanBetween(shape, OK, { address: 'payments.example', port: 8443, peerPort: proxy.port }),
    ]);
  });
});

/** A server refuses an authority that names a user (RFC 9113, section 8.3.1), as Node's does from 24 on. */
const WITHOUT_USER: ClientOptions = { 'grpc.default_authority': 'payments.example' };

describe('behind a proxy, the target is as it was written', () => {
  it.each<[target: string, address: string, port: number | undefined]>([
    ['payments.example', 'payments.example', undefined],
    ['dns:payments.example:1', 'payments.example', 1],
    ['dns:///payments.example:1', 'payments.example', 1],
    ['dns://8.8.8.8/payments.example:1', 'payments.example', 1],
    ['ipv4:198.51.100.1:1', '198.51.100.1', 1],
    ['[2001:db8::1]:1', '2001:db8::1', 1],
    ['ipv6:[2001:db8::1]:1', '2001:db8::1', 1],
    // What it makes of a name of another scheme is grpc-js's own; it is asked for all the same.
    ['me:secret@payments.example:1', 'payments.example', 1],
    ['dns:///me:secret@payments.example:1', 'payments.example', 1],
    ['me@payments.example', 'payments.example', undefined],
  ])('%s', async (target, address, port) => {
    const rig = await echo.start();
    const proxy = await proxyOf(rig);
    setVariables({ grpc_proxy: `http://proxy-user:proxy-pass@127.0.0.1:${proxy.port}` });
    const client = rig.newClient(target, WITHOUT_USER);
    expect((await invoke(client, 'Unary').result).code).toBe(status.OK);
    const credentials = `Basic ${Buffer.from('proxy-user:proxy-pass').toString('base64')}`;
    expect(proxy.asked.map((asked) => asked.credentials)).toEqual([credentials]);
    const [span] = await clientSpans(rig, 1);
    expect(span).toEqual(spanBetween('Unary', OK, { address, port, peerPort: proxy.port }));
    expect(JSON.stringify(span)).not.toMatch(/secret|proxy-/);
  });
});

it('two targets behind one proxy are two series, and one with a user is no third', async () => {
  const { rig, measurements } = await measured(echo, 'client');
  const proxy = await proxyOf(rig);
  setVariables({ http_proxy: `http://127.0.0.1:${proxy.port}` });
  const targets = ['payments.example:1', 'billing.example:2', 'me:secret@payments.example:1', 'dns:billing.example:2'];
  for (const target of targets) await invoke(rig.newClient(target, WITHOUT_USER), 'Unary').result;
  const call = { 'rpc.system.name': 'grpc', 'rpc.method': 'test.Echo/Unary', 'rpc.status_code': 'OK' };
  expect(await measurements.series(targets.length)).toEqual({
    'rpc.client.call.duration': [
      { ...call, 'server.address': 'payments.example', 'server.port': 1 },
      { ...call, 'server.address': 'billing.example', 'server.port': 2 },
    ],
  });
});

it.each(SHAPES)('a %s call that the proxy does not let through has its target, and no peer', async (shape) => {
  const rig = await echo.start();
  const proxy = await proxyOf(rig);
  proxy.open = false;
  setVariables({ grpc_proxy: `http://127.0.0.1:${proxy.port}` });
  const outcome = await invoke(rig.newClient('me:secret@payments.example:1'), shape).result;
  expect(outcome.code).toBe(status.UNAVAILABLE);
  expect(await clientSpans(rig, 1)).toEqual([spanBetween(shape, outcome, { address: 'payments.example', port: 1 })]);
});

describe('where no proxy stands between, target and peer are the server’s', () => {
  const dead = 'http://127.0.0.1:1';

  it.each<[what: string, variables: Variables, options: ClientOptions]>([
    ['nothing names one', {}, {}],
    ['no_proxy names the target', { http_proxy: dead, no_proxy: '127.0.0.1' }, {}],
    ['no_proxy names its network', { https_proxy: dead, no_proxy: 'localhost,127.0.0.0/8' }, {}],
    ['no_grpc_proxy names the target', { grpc_proxy: dead, no_grpc_proxy: '127.0.0.1', no_proxy: 'other.example' }, {}],
    ['the client wants none', { grpc_proxy: dead }, { 'grpc.enable_http_proxy': 0 }],
  ])('%s', async (_what, variables, options) => {
    const rig = await echo.start();
    setVariables(variables);
    const client = rig.newClient(rig.address, options);
    expect((await invoke(client, 'Unary').result).code).toBe(status.OK);
    expect(await clientSpans(rig, 1)).toEqual([expectedSpan('client', 'Unary', OK, rig.port)]);
  });

  it('no_proxy names others', async () => {
    const rig = await echo.start();
    const proxy = await proxyOf(rig);
    setVariables({ grpc_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy: 'billing.example,10.0.0.0/8' });
    const client = rig.newClient('payments.example:1');
    expect((await invoke(client, 'Unary').result).code).toBe(status.OK);
    expect(await clientSpans(rig, 1)).toEqual([
      spanBetween('Unary', OK, { address: 'payments.example', port: 1, peerPort: proxy.port }),
    ]);
  });
});
