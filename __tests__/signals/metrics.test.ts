import { trace, type Attributes } from '@opentelemetry/api';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useDeadlines } from '../helpers/deadlines.js';
import { useEcho } from '../helpers/echo.js';
import { behave, type Behaviour } from '../helpers/echo-handlers.js';
import { BOUNDARIES, expectedPoints, measured, NAMES, SIDES } from '../helpers/measured.js';
import { onePoint } from '../helpers/measurements.js';

const echo = useEcho();
const deadlines = useDeadlines();

const OLD_NAMES = { client: 'rpc.client.duration', server: 'rpc.server.duration' };
const DESCRIPTIONS = {
  client: 'Measures the duration of an outgoing Remote Procedure Call (RPC).',
  server: 'Measures the duration of an incoming Remote Procedure Call (RPC).',
};

// In milliseconds; the SDK's own.
const OLD_BOUNDARIES = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

const OK = { 'rpc.status_code': 'OK' };

describe.each(SIDES)('the duration histogram of the %s', (side) => {
  it('says what it is in the words of the conventions', async () => {
    const { rig, measurements } = await measured(echo, side);
    await invoke(rig.client, 'Unary').result;
    expect(await measurements.descriptors(1)).toStrictEqual([
      { name: NAMES[side], description: DESCRIPTIONS[side], unit: 's' },
    ]);
  });

  it.each(SHAPES)('has a %s call with what its span says it took, in buckets made for seconds', async (shape) => {
    const { rig, measurements, spanSeconds } = await measured(echo, side);
    await invoke(rig.client, shape).result;
    const [seconds] = await spanSeconds(1);
    expect(await measurements.points(1)).toStrictEqual(expectedPoints(side, shape, rig.port, OK, seconds));
  });

  it.each<[what: string, behaviour: Behaviour, onClient: Attributes, onServer: Attributes]>([
    [
      'failed on both sides',
      'code 14',
      { 'rpc.status_code': 'UNAVAILABLE', 'error.type': 'UNAVAILABLE' },
      { 'rpc.status_code': 'UNAVAILABLE', 'error.type': 'UNAVAILABLE' },
    ],
    [
      'failed for the client only',
      'code 6',
      { 'rpc.status_code': 'ALREADY_EXISTS', 'error.type': 'ALREADY_EXISTS' },
      { 'rpc.status_code': 'ALREADY_EXISTS' },
    ],
  ])('has a call that %s', async (_what, behaviour, onClient, onServer) => {
    const { rig, measurements, spanSeconds } = await measured(echo, side);
    await invoke(rig.client, 'Unary', { metadata: behave(behaviour) }).result;
    const [seconds] = await spanSeconds(1);
    const outcome = { client: onClient, server: onServer }[side];
    expect(await measurements.points(1)).toStrictEqual(expectedPoints(side, 'Unary', rig.port, outcome, seconds));
  });

  it('has a call that ran into its deadline', async () => {
    const { rig, measurements, spanSeconds } = await measured(echo, side);
    const callOptions = { deadline: deadlines.next() };
    const { result } = invoke(rig.client, 'Unary', { metadata: behave('hang'), callOptions });
    await rig.serverTelemetry.started(1);
    deadlines.pass();
    await result;
    const [seconds] = await spanSeconds(1);
    const outcome = { 'rpc.status_code': 'DEADLINE_EXCEEDED', 'error.type': 'DEADLINE_EXCEEDED' };
    expect(await measurements.points(1)).toStrictEqual(expectedPoints(side, 'Unary', rig.port, outcome, seconds));
  });

  it('has a call that was cancelled', async () => {
    const { rig, measurements, spanSeconds } = await measured(echo, side);
    const { call, result } = invoke(rig.client, 'Bidi', { metadata: behave('hang'), keepOpen: true });
    await rig.serverTelemetry.started(1);
    call.cancel();
    await result;
    const [seconds] = await spanSeconds(1);
    const outcome = {
      client: { 'rpc.status_code': 'CANCELLED', 'error.type': 'CANCELLED' },
      server: { 'rpc.status_code': 'CANCELLED' },
    }[side];
    expect(await measurements.points(1)).toStrictEqual(expectedPoints(side, 'Bidi', rig.port, outcome, seconds));
  });

  it('has one series for calls that are alike, and another for another outcome', async () => {
    const { rig, measurements } = await measured(echo, side);
    for (const behaviour of ['ok', 'ok', 'code 5', 'ok'] as const) {
      await invoke(rig.client, 'Unary', { metadata: behave(behaviour) }).result;
    }
    const { [NAMES[side]]: points = [] } = await measurements.points(4);
    expect(points.map(({ attributes, value }) => [attributes['rpc.status_code'], value.count])).toEqual([
      ['OK', 3],
      ['NOT_FOUND', 1],
    ]);
  });

  it('is recorded in the context of the span, so that an exemplar leads to it', async () => {
    const { rig, measurements, telemetry } = await measured(echo, side);
    await invoke(rig.client, 'Unary').result;
    await invoke(rig.client, 'Unary', { metadata: behave('code 13') }).result;
    await measurements.points(2);
    const spans = await telemetry.spans(2);
    expect(measurements.contexts.map((context) => trace.getSpanContext(context))).toEqual(
      spans.map((span) => span.spanContext()),
    );
  });

  it('has nothing of what the application puts on the span', async () => {
    const attributes = { tenant: 'a', 'rpc.method': 'mine', 'error.type': 'mine' };
    const { rig, measurements, spanSeconds } = await measured(echo, side, {
      attributes,
      startHook: (span) => void span.setAttribute('hook', 'start'),
      endHook: (span) => void span.setAttribute('hook', 'end'),
    });
    await invoke(rig.client, 'Unary').result;
    const [seconds] = await spanSeconds(1);
    expect(await measurements.points(1)).toStrictEqual(expectedPoints(side, 'Unary', rig.port, OK, seconds));
  });

  it('has the old name and milliseconds by the old conventions', async () => {
    const { rig, measurements, spanSeconds } = await measured(echo, side, { semanticConventions: 'old' });
    await invoke(rig.client, 'Unary').result;
    const [seconds = NaN] = await spanSeconds(1);
    expect(await measurements.descriptors(1)).toMatchObject([{ name: OLD_NAMES[side], unit: 'ms' }]);
    const { [OLD_NAMES[side]]: points = [] } = await measurements.points(1);
    expect(points.map(({ value }) => value)).toStrictEqual([onePoint(OLD_BOUNDARIES, seconds * 1000)]);
  });

  it('has one in milliseconds beside it by both conventions, with the same duration', async () => {
    const { rig, measurements, spanSeconds } = await measured(echo, side, { semanticConventions: 'dup' });
    await invoke(rig.client, 'Unary').result;
    const [seconds = NaN] = await spanSeconds(1);
    const histograms = Object.entries(await measurements.points(2));
    expect(histograms.map(([name, points]) => [name, points.map(({ value }) => value)])).toStrictEqual([
      [NAMES[side], [onePoint(BOUNDARIES, seconds)]],
      [OLD_NAMES[side], [onePoint(OLD_BOUNDARIES, seconds * 1000)]],
    ]);
    expect(await measurements.descriptors(2)).toMatchObject([{ unit: 's' }, { unit: 'ms' }]);
  });
});

it('the server measures the call, not what its handler does on hearing that it is over', async () => {
  const calledAt = performance.now();
  let overAt = NaN;
  const { rig, measurements, spanSeconds } = await measured(
    echo,
    'server',
    {},
    {
      handlers: {
        Unary(call, callback) {
          call.on('cancelled', () => {
            overAt = performance.now();
            // As long again as all before it.
            while (performance.now() - overAt < overAt - calledAt);
          });
          callback(null, call.request);
        },
      },
    },
  );
  await invoke(rig.client, 'Unary').result;
  const [seconds = NaN] = await spanSeconds(1);
  expect(seconds * 1000).toBeLessThanOrEqual(overAt - calledAt);
  expect(await measurements.points(1)).toStrictEqual(expectedPoints('server', 'Unary', rig.port, OK, seconds));
});

it('the client measures a call that never got to a server', async () => {
  const { rig, measurements, spanSeconds } = await measured(echo, 'client');
  const { port } = rig;
  rig.server.forceShutdown();
  await invoke(rig.client, 'Unary').result;
  const [seconds] = await spanSeconds(1);
  const outcome = { 'rpc.status_code': 'UNAVAILABLE', 'error.type': 'UNAVAILABLE' };
  expect(await measurements.points(1)).toStrictEqual(expectedPoints('client', 'Unary', port, outcome, seconds));
});
