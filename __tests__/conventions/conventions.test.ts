import type { Attributes } from '@opentelemetry/api';
import { invoke } from '../../tools/invoke.js';
import { useEcho, type EchoRig, type EchoSetup } from '../helpers/echo.js';
import { behave, type Behaviour } from '../helpers/echo-handlers.js';
import { Measurements } from '../helpers/measurements.js';
import { RecordingSampler } from '../helpers/recording-sampler.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();

const MODES = ['stable', 'dup', 'old'] as const;
type Mode = (typeof MODES)[number];
const SIDES = ['client', 'server'] as const;

// The client's own port is the system's choice. An asymmetric matcher stands for a number.
const CLIENT_PORT = expect.any(Number) as unknown as number;

/** All that a span has at its start; `port` is the server's. */
const START: Record<Mode, (port: number) => { readonly client: Attributes; readonly server: Attributes }> = {
  stable: (port) => ({
    client: {
      'rpc.system.name': 'grpc',
      'rpc.method': 'test.Echo/Unary',
      'server.address': '127.0.0.1',
      'server.port': port,
    },
    server: {
      'rpc.system.name': 'grpc',
      'rpc.method': 'test.Echo/Unary',
      'server.address': '127.0.0.1',
      'server.port': port,
      'network.peer.address': '127.0.0.1',
      'network.peer.port': CLIENT_PORT,
    },
  }),
  dup: (port) => ({
    client: {
      'rpc.system.name': 'grpc',
      'rpc.system': 'grpc',
      'rpc.service': 'test.Echo',
      // Not the bare method of old: the key is taken.
      'rpc.method': 'test.Echo/Unary',
      'server.address': '127.0.0.1',
      'server.port': port,
    },
    server: {
      'rpc.system.name': 'grpc',
      'rpc.system': 'grpc',
      'rpc.service': 'test.Echo',
      'rpc.method': 'test.Echo/Unary',
      'server.address': '127.0.0.1',
      'server.port': port,
      'network.peer.address': '127.0.0.1',
      'network.peer.port': CLIENT_PORT,
    },
  }),
  old: (port) => ({
    client: {
      'rpc.system': 'grpc',
      'rpc.service': 'test.Echo',
      'rpc.method': 'Unary',
      'server.address': '127.0.0.1',
      'server.port': port,
    },
    server: {
      'rpc.system': 'grpc',
      'rpc.service': 'test.Echo',
      'rpc.method': 'Unary',
      'server.address': '127.0.0.1',
      'server.port': port,
      'network.peer.address': '127.0.0.1',
      'network.peer.port': CLIENT_PORT,
    },
  }),
};

/** The one more thing that a client span says when a server was reached. */
const CLIENT_PEER = (port: number): Attributes => ({ 'network.peer.address': '127.0.0.1', 'network.peer.port': port });

/** The histograms of each convention, and what each says of a call whatever its outcome. */
const MEASURED = {
  stable: {
    client: (port: number) => ({
      'rpc.client.call.duration': {
        'rpc.system.name': 'grpc',
        'rpc.method': 'test.Echo/Unary',
        'server.address': '127.0.0.1',
        'server.port': port,
      },
    }),
    server: () => ({ 'rpc.server.call.duration': { 'rpc.system.name': 'grpc', 'rpc.method': 'test.Echo/Unary' } }),
  },
  old: {
    client: (port: number) => ({
      'rpc.client.duration': {
        'rpc.system': 'grpc',
        'rpc.service': 'test.Echo',
        'rpc.method': 'Unary',
        'server.address': '127.0.0.1',
        'server.port': port,
      },
    }),
    server: () => ({
      'rpc.server.duration': { 'rpc.system': 'grpc', 'rpc.service': 'test.Echo', 'rpc.method': 'Unary' },
    }),
  },
};

interface Outcome {
  readonly outcome: string;
  readonly behaviour: Behaviour;
  /** What the stable conventions say of it, on each side, on span and metric alike. */
  readonly stable: { readonly client: Attributes; readonly server: Attributes };
  /** What the old ones say, the same on both sides. */
  readonly old: Attributes;
}

const OUTCOMES: readonly Outcome[] = [
  {
    outcome: 'OK',
    behaviour: 'ok',
    stable: { client: { 'rpc.status_code': 'OK' }, server: { 'rpc.status_code': 'OK' } },
    old: { 'rpc.grpc.status_code': 0 },
  },
  {
    outcome: 'INTERNAL, an error of both sides',
    behaviour: 'code 13',
    stable: {
      client: { 'rpc.status_code': 'INTERNAL', 'error.type': 'INTERNAL' },
      server: { 'rpc.status_code': 'INTERNAL', 'error.type': 'INTERNAL' },
    },
    old: { 'rpc.grpc.status_code': 13 },
  },
  {
    outcome: 'NOT_FOUND, an error of the client only',
    behaviour: 'code 5',
    stable: {
      client: { 'rpc.status_code': 'NOT_FOUND', 'error.type': 'NOT_FOUND' },
      server: { 'rpc.status_code': 'NOT_FOUND' },
    },
    old: { 'rpc.grpc.status_code': 5 },
  },
  {
    outcome: '42, outside 0 to 16',
    behaviour: 'code 42',
    stable: {
      client: { 'rpc.status_code': '42', 'error.type': '42' },
      server: { 'rpc.status_code': '42', 'error.type': '42' },
    },
    old: { 'rpc.grpc.status_code': 42 },
  },
  {
    outcome: 'CANCELLED, by the client',
    behaviour: 'hang',
    stable: {
      client: { 'rpc.status_code': 'CANCELLED', 'error.type': 'CANCELLED' },
      server: { 'rpc.status_code': 'CANCELLED' },
    },
    old: { 'rpc.grpc.status_code': 1 },
  },
];

type Expected = Readonly<Record<string, readonly Attributes[]>>;

/** One series per histogram: what it says of the call, and of its outcome. */
function series(histograms: Readonly<Record<string, Attributes>>, outcome: Attributes): Expected {
  return Object.fromEntries(Object.entries(histograms).map(([name, call]) => [name, [{ ...call, ...outcome }]]));
}

async function makeCall(rig: EchoRig, behaviour: Behaviour): Promise<void> {
  const { call, result } = invoke(rig.client, 'Unary', { metadata: behave(behaviour) });
  await rig.serverTelemetry.started(1);
  // All other handlers end the call by themselves.
  if (behaviour === 'hang') call.cancel();
  await result;
}

describe.each(MODES)('with the %s conventions', (mode) => {
  describe.each(OUTCOMES)('a call that ends with $outcome', ({ behaviour, stable, old }) => {
    it.each(SIDES)('has these attributes on the span and the metrics of the %s', async (side) => {
      const measurements = new Measurements();
      const tracing = { semanticConventions: mode, meterProvider: measurements.provider };
      const setup: Record<typeof side, EchoSetup> = {
        client: { clientTracing: tracing },
        server: { serverTracing: tracing },
      };
      const rig = await echo.start(setup[side]);
      await makeCall(rig, behaviour);

      const ends: Record<Mode, Attributes> = { stable: stable[side], dup: { ...stable[side], ...old }, old };
      const telemetry = { client: rig.clientTelemetry, server: rig.serverTelemetry }[side];
      expect((await telemetry.spans(1)).map(({ attributes }) => attributes)).toStrictEqual([
        { ...START[mode](rig.port)[side], ...(side === 'client' && CLIENT_PEER(rig.port)), ...ends[mode] },
      ]);

      const stableSeries = series(MEASURED.stable[side](rig.port), stable[side]);
      const oldSeries = series(MEASURED.old[side](rig.port), old);
      const measured: Record<Mode, Expected> = {
        stable: stableSeries,
        dup: { ...stableSeries, ...oldSeries },
        old: oldSeries,
      };
      const expected = measured[mode];
      expect(await measurements.series(Object.keys(expected).length)).toStrictEqual(expected);
    });
  });

  it.each(SIDES)('a sampler of the %s sees at the start all that is known then', async (side) => {
    const sampler = new RecordingSampler();
    const tracing = { semanticConventions: mode };
    const setup: Record<typeof side, EchoSetup> = {
      client: { clientTracing: tracing, clientTelemetry: new Telemetry(sampler) },
      server: { serverTracing: tracing, serverTelemetry: new Telemetry(sampler) },
    };
    const rig = await echo.start(setup[side]);
    await invoke(rig.client, 'Unary').result;
    expect(sampler.seen).toStrictEqual([START[mode](rig.port)[side]]);
  });
});
