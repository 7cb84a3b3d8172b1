import { Metadata, status } from '@grpc/grpc-js';
import { invoke, type Shape } from '../../tools/invoke.js';
import { useEcho, type EchoMethods, type EchoRig } from '../helpers/echo.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { Measurements } from '../helpers/measurements.js';
import { plainSpan, type PlainSpan } from '../helpers/plain-span.js';
import { RecordingSampler } from '../helpers/recording-sampler.js';
import { retryPolicy } from '../helpers/retry-policy.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();

const KEY = 'previous-rpc-attempts';
const HEADER = 'grpc-previous-rpc-attempts';

const RETRYING = retryPolicy(['UNAVAILABLE']);

const TRY_AGAIN = { code: status.UNAVAILABLE, details: 'try again' };

/** Handlers that fail as often as they are told, at once and so with trailers only; then they answer. */
function failing(failures: number): EchoMethods {
  let left = failures;
  return {
    Unary(call, callback) {
      if (left-- > 0) callback(TRY_AGAIN);
      else callback(null, call.request);
    },
    ServerStream(call) {
      if (left-- > 0) {
        call.emit('error', TRY_AGAIN);
        return;
      }
      call.write(call.request);
      call.end();
    },
  };
}

function withAttempts(span: PlainSpan, previous: number | undefined): PlainSpan {
  return previous === undefined ? span : { ...span, attributes: { ...span.attributes, [KEY]: previous } };
}

/** The spans of a call's attempts, by what they say of the attempts before them. */
async function serverSpans(rig: EchoRig, count: number): Promise<PlainSpan[]> {
  const previous = ({ attributes }: PlainSpan): number => Number(attributes[KEY] ?? 0);
  return (await rig.serverTelemetry.spans(count)).map(plainSpan).sort((a, b) => previous(a) - previous(b));
}

async function clientSpan(rig: EchoRig): Promise<PlainSpan[]> {
  return (await rig.clientTelemetry.spans(1)).map(plainSpan);
}

describe.each<Shape>(['Unary', 'ServerStream'])('a %s call', (shape) => {
  it.each<[what: string, failures: number, code: status, details: string, previous: (number | undefined)[]]>([
    ['that needs no retry says nothing of attempts', 0, status.OK, 'OK', [undefined]],
    ['that is retried once', 1, status.OK, 'OK', [undefined, 1]],
    ['that is retried twice', 2, status.OK, 'OK', [undefined, 1, 2]],
    ['that no attempt saves', 3, TRY_AGAIN.code, TRY_AGAIN.details, [undefined, 1, 2]],
  ])('%s', async (_what, failures, code, details, previous) => {
    const rig = await echo.start({ clientOptions: RETRYING, handlers: failing(failures) });
    expect((await invoke(rig.client, shape).result).code).toBe(code);
    expect(await clientSpan(rig)).toEqual([
      withAttempts(expectedSpan('client', shape, { code, details }, rig.port), previous.at(-1)),
    ]);
    const outcomes = [...Array<typeof TRY_AGAIN>(previous.length - 1).fill(TRY_AGAIN), { code, details }];
    expect(await serverSpans(rig, previous.length)).toEqual(
      outcomes.map((outcome, index) => withAttempts(expectedSpan('server', shape, outcome, rig.port), previous[index])),
    );
  });
});

it('a sampler of the server sees at the start how many attempts came before', async () => {
  const sampler = new RecordingSampler();
  const rig = await echo.start({
    clientOptions: RETRYING,
    handlers: failing(2),
    serverTelemetry: new Telemetry(sampler),
  });
  await invoke(rig.client, 'Unary').result;
  expect(sampler.seen.map(({ [KEY]: previous }) => previous)).toEqual([undefined, 1, 2]);
});

it('a sampler of the client sees nothing of attempts: none has been made', async () => {
  const sampler = new RecordingSampler();
  const rig = await echo.start({
    clientOptions: RETRYING,
    handlers: failing(2),
    clientTelemetry: new Telemetry(sampler),
  });
  await invoke(rig.client, 'Unary').result;
  expect(sampler.seen.map(({ [KEY]: previous }) => previous)).toEqual([undefined]);
});

it('an answer that comes in pieces tells with its headers, and its trailers take nothing back', async () => {
  let attempts = 0;
  const rig = await echo.start({
    clientOptions: RETRYING,
    handlers: {
      Bidi(call) {
        if (attempts++ === 0) {
          call.emit('error', TRY_AGAIN);
          return;
        }
        call.sendMetadata(new Metadata());
        call.resume().on('end', () => call.emit('error', TRY_AGAIN));
      },
    },
  });
  // The second attempt is final, since its headers have come.
  expect(await invoke(rig.client, 'Bidi').result).toMatchObject(TRY_AGAIN);
  expect(await clientSpan(rig)).toEqual([withAttempts(expectedSpan('client', 'Bidi', TRY_AGAIN, rig.port), 1)]);
});

it('a call with retries is measured once by its client, and at each attempt by its server', async () => {
  const [onClient, onServer] = [new Measurements(), new Measurements()];
  const rig = await echo.start({
    clientOptions: RETRYING,
    handlers: failing(2),
    clientTracing: { meterProvider: onClient.provider },
    serverTracing: { meterProvider: onServer.provider },
  });
  await invoke(rig.client, 'Unary').result;
  expect(await onServer.series(3)).toEqual({
    'rpc.server.call.duration': [
      {
        'rpc.system.name': 'grpc',
        'rpc.method': 'test.Echo/Unary',
        'rpc.status_code': 'UNAVAILABLE',
        'error.type': 'UNAVAILABLE',
      },
      { 'rpc.system.name': 'grpc', 'rpc.method': 'test.Echo/Unary', 'rpc.status_code': 'OK' },
    ],
  });
  expect(await onClient.series(1)).toEqual({
    'rpc.client.call.duration': [
      {
        'rpc.system.name': 'grpc',
        'rpc.method': 'test.Echo/Unary',
        'server.address': '127.0.0.1',
        'server.port': rig.port,
        'rpc.status_code': 'OK',
      },
    ],
  });
  expect(onClient.contexts).toHaveLength(1);
});

const NO_COUNTS: readonly [what: string, ...values: string[]][] = [
  ['a negative number', '-1'],
  ['zero', '0'],
  ['many zeros', '000'],
  ['a fraction', '1.5'],
  ['an exponent', '1e3'],
  ['hexadecimal digits', '0x10'],
  ['a sign', '+1'],
  ['text', 'many'],
  ['text after digits', '2nd'],
  ['a name that JavaScript takes for a number', 'Infinity'],
  ['no number at all', 'NaN'],
  ['more than any number of attempts', '9999999999'],
  ['more than a number can hold', '9'.repeat(400)],
  ['two numbers', '1', '2'],
  ['the same number twice', '1', '1'],
  ['a number and an empty value', '1', ''],
];

describe.each(NO_COUNTS)('%s in the header is no number of attempts', (_what, ...values) => {
  const claiming = (metadata = new Metadata()): Metadata => {
    for (const value of values) metadata.add(HEADER, value);
    return metadata;
  };

  it('for a server', async () => {
    const rig = await echo.start();
    await invoke(rig.client, 'Unary', { metadata: claiming() }).result;
    const span = expectedSpan('server', 'Unary', { code: status.OK, details: 'OK' }, rig.port);
    expect(await serverSpans(rig, 1)).toEqual([span]);
  });

  it('for a client, in the headers of a response', async () => {
    const rig = await echo.start({
      handlers: {
        Unary(call, callback) {
          call.sendMetadata(claiming());
          callback(null, call.request);
        },
      },
    });
    await invoke(rig.client, 'Unary').result;
    const span = expectedSpan('client', 'Unary', { code: status.OK, details: 'OK' }, rig.port);
    expect(await clientSpan(rig)).toEqual([span]);
  });

  it('for a client, in the trailers of a response', async () => {
    const rig = await echo.start({
      handlers: { Unary: (_call, callback) => callback({ ...TRY_AGAIN, metadata: claiming() }) },
    });
    await invoke(rig.client, 'Unary').result;
    expect(await clientSpan(rig)).toEqual([expectedSpan('client', 'Unary', TRY_AGAIN, rig.port)]);
  });
});
