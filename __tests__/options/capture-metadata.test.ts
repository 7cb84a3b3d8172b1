import { Metadata, status } from '@grpc/grpc-js';
import type { Attributes } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import { invoke } from '../../tools/invoke.js';
import { useDeadlines } from '../helpers/deadlines.js';
import { DecidingSampler } from '../helpers/deciding-sampler.js';
import { useEcho } from '../helpers/echo.js';
import { behave, DETAILS } from '../helpers/echo-handlers.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { handlersAnswering } from '../helpers/metadata-handlers.js';
import { moment } from '../helpers/moment.js';
import type { PlainSpan } from '../helpers/plain-span.js';
import { RecordingSampler } from '../helpers/recording-sampler.js';
import { firstSpan, SIDES, SIDES_AND_SHAPES, tracingOn } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();
const deadlines = useDeadlines();

const OK = { code: status.OK, details: 'OK' };
const FAILURE = { code: status.ABORTED, details: DETAILS };

/** Not a length that base64 comes out even with, and with both of its special characters. */
const BYTES = Buffer.from([0xfb, 0xff, 0xbf, 0x00]);
const BASE64 = '+/+/AA==';

/** Metadata of one part of a call; some keys are there once, some twice. */
function metadataOf(part: string): Metadata {
  const metadata = new Metadata();
  metadata.set('x-once', part);
  metadata.add('x-twice', `${part} 1`);
  metadata.add('x-twice', `${part} 2`);
  metadata.set('x-bytes-bin', BYTES);
  metadata.add('x-two-bytes-bin', BYTES);
  metadata.add('x-two-bytes-bin', Buffer.of(1));
  metadata.set('x-not-named', 'not named');
  return metadata;
}

/** In cases in which nobody sends them, one of them twice, and one that nobody sends at all. */
const KEYS = ['X-Once', 'x-once', 'x-tWice', 'x-Bytes-BIN', 'x-two-bytes-bin', 'x-missing'];

/** What is captured of {@link metadataOf}. Where it has crossed the wire, Node has joined text that repeats. */
function captured(prefix: string, part: string, wire: 'before the wire' | 'behind the wire'): Attributes {
  return {
    [`${prefix}.x-once`]: [part],
    [`${prefix}.x-twice`]: wire === 'before the wire' ? [`${part} 1`, `${part} 2`] : [`${part} 1, ${part} 2`],
    [`${prefix}.x-bytes-bin`]: [BASE64],
    [`${prefix}.x-two-bytes-bin`]: [BASE64, 'AQ=='],
  };
}

const ANSWERED = { client: 'behind the wire', server: 'before the wire' } as const;
const ASKED = { client: 'before the wire', server: 'behind the wire' } as const;

function withAttributes(span: PlainSpan, ...more: readonly Attributes[]): PlainSpan {
  return { ...span, attributes: more.reduce((all, some) => ({ ...all, ...some }), span.attributes) };
}

describe.each(SIDES_AND_SHAPES)('the %s captures what is named, of a %s call', (side, shape) => {
  const request = metadataOf('asked');
  const answer = { header: metadataOf('header'), trailer: metadataOf('trailer') };

  it('request headers', async () => {
    const rig = await echo.start(tracingOn(side, { captureMetadata: { request: KEYS } }));
    await invoke(rig.client, shape, { metadata: request }).result;
    expect(await firstSpan(rig, side)).toEqual(
      withAttributes(expectedSpan(side, shape, OK, rig.port), captured('rpc.request.header', 'asked', ASKED[side])),
    );
  });

  it('response headers', async () => {
    const options = tracingOn(side, { captureMetadata: { response: KEYS } });
    const rig = await echo.start({ ...options, handlers: handlersAnswering(answer) });
    await invoke(rig.client, shape).result;
    expect(await firstSpan(rig, side)).toEqual(
      withAttributes(
        expectedSpan(side, shape, OK, rig.port),
        captured('rpc.response.header', 'header', ANSWERED[side]),
      ),
    );
  });

  it('response trailers', async () => {
    const options = tracingOn(side, { captureMetadata: { trailer: KEYS } });
    const rig = await echo.start({ ...options, handlers: handlersAnswering(answer) });
    await invoke(rig.client, shape).result;
    expect(await firstSpan(rig, side)).toEqual(
      withAttributes(
        expectedSpan(side, shape, OK, rig.port),
        captured('rpc.response.trailer', 'trailer', ANSWERED[side]),
      ),
    );
  });

  it('all of an error that comes after headers', async () => {
    const captureMetadata = { request: KEYS, response: KEYS, trailer: KEYS };
    const handlers = handlersAnswering({ ...answer, failure: FAILURE });
    const rig = await echo.start({ ...tracingOn(side, { captureMetadata }), handlers });
    expect(await invoke(rig.client, shape, { metadata: request }).result).toMatchObject(FAILURE);
    expect(await firstSpan(rig, side)).toEqual(
      withAttributes(
        expectedSpan(side, shape, FAILURE, rig.port),
        captured('rpc.request.header', 'asked', ASKED[side]),
        captured('rpc.response.header', 'header', ANSWERED[side]),
        captured('rpc.response.trailer', 'trailer', ANSWERED[side]),
      ),
    );
  });

  it('of an error without headers of its own, everything is in the trailers', async () => {
    const captureMetadata = { response: KEYS, trailer: KEYS };
    const handlers = handlersAnswering({ trailer: answer.trailer, failure: FAILURE });
    const rig = await echo.start({ ...tracingOn(side, { captureMetadata }), handlers });
    expect(await invoke(rig.client, shape).result).toMatchObject(FAILURE);
    expect(await firstSpan(rig, side)).toEqual(
      withAttributes(
        expectedSpan(side, shape, FAILURE, rig.port),
        captured('rpc.response.trailer', 'trailer', ANSWERED[side]),
      ),
    );
  });

  it.each([
    ['nothing by default', {}],
    ['nothing of a part that is not named', { captureMetadata: {} }],
    ['nothing for an empty list', { captureMetadata: { request: [], response: [], trailer: [] } }],
    ['nothing for keys that nobody sends', { captureMetadata: { request: ['a'], response: ['a'], trailer: ['a'] } }],
  ])('%s', async (_what, options) => {
    const rig = await echo.start({ ...tracingOn(side, options), handlers: handlersAnswering(answer) });
    await invoke(rig.client, shape, { metadata: request }).result;
    expect(await firstSpan(rig, side)).toEqual(expectedSpan(side, shape, OK, rig.port));
  });
});

describe.each(SIDES)('on the %s', (side) => {
  it('request headers are there when a sampler is asked', async () => {
    const sampler = new RecordingSampler();
    const options = { captureMetadata: { request: ['x-once'] } };
    const rig = await echo.start(tracingOn(side, options, new Telemetry(sampler)));
    await invoke(rig.client, 'Unary', { metadata: metadataOf('asked') }).result;
    expect(sampler.seen).toMatchObject([{ 'rpc.request.header.x-once': ['asked'] }]);
  });

  it('the metadata stays as it is, and arrives as it was sent', async () => {
    const options = { captureMetadata: { request: KEYS, response: KEYS, trailer: KEYS } };
    const answer = { header: metadataOf('header'), trailer: metadataOf('trailer') };
    const rig = await echo.start({ ...tracingOn(side, options), handlers: handlersAnswering(answer) });
    const metadata = metadataOf('asked');
    const got: Metadata[] = [];
    await new Promise<void>((resolve) => {
      const call = rig.client.Unary({ text: 'hello' }, metadata, () => undefined);
      call.on('metadata', (header) => got.push(header));
      call.on('status', ({ metadata: trailer }) => {
        got.push(trailer);
        resolve();
      });
    });
    expect([metadata, answer.header, answer.trailer]).toEqual([
      metadataOf('asked'),
      metadataOf('header'),
      metadataOf('trailer'),
    ]);
    expect(got.map((each) => each.get('x-once'))).toEqual([['header'], ['trailer']]);
    expect(got.map((each) => each.get('x-bytes-bin'))).toEqual([[BYTES], [BYTES]]);
  });

  it('a span that is not sampled looks at no response', async () => {
    const get = jest.spyOn(Metadata.prototype, 'get');
    const telemetry = new Telemetry(new DecidingSampler(SamplingDecision.NOT_RECORD));
    const options = { captureMetadata: { response: ['x-captured'], trailer: ['x-captured'] } };
    const rig = await echo.start(tracingOn(side, options, telemetry));
    await invoke(rig.client, 'Unary').result;
    const lookUps = get.mock.calls.filter(([key]) => key === 'x-captured');
    get.mockRestore();
    expect(lookUps).toEqual([]);
  });
});

describe('trailers that the client did not get are not on the server span', () => {
  const trailer = metadataOf('trailer');
  const serverTracing = { captureMetadata: { trailer: KEYS } };

  it('the handler fails after the deadline', async () => {
    const handled = moment();
    const rig = await echo.start({
      serverTracing,
      handlers: {
        Unary(call, callback) {
          call.on('cancelled', () => callback({ ...FAILURE, metadata: trailer }));
          handled.come();
        },
      },
    });
    const { result } = invoke(rig.client, 'Unary', { callOptions: { deadline: deadlines.next() } });
    await handled.whenCome;
    deadlines.pass();
    const { code } = await result;
    expect(code).toBe(status.DEADLINE_EXCEEDED);
    expect(await firstSpan(rig, 'server')).toEqual(
      expectedSpan('server', 'Unary', { code, details: 'Deadline exceeded' }, rig.port),
    );
  });

  it('the handler fails a call that the client has cancelled', async () => {
    const rig = await echo.start({ serverTracing, handlers: handlersAnswering({ trailer, failure: FAILURE }) });
    const { call, result } = invoke(rig.client, 'ClientStream', { keepOpen: true });
    await rig.serverTelemetry.started(1);
    call.cancel();
    const { code } = await result;
    expect(code).toBe(status.CANCELLED);
    expect(await firstSpan(rig, 'server')).toEqual(
      expectedSpan('server', 'ClientStream', { code, details: '' }, rig.port),
    );
  });

  it('the message before them is too large to be sent', async () => {
    const rig = await echo.start({
      serverTracing,
      serverOptions: { 'grpc.max_send_message_length': 1 },
      handlers: handlersAnswering({ trailer }),
    });
    const outcome = await invoke(rig.client, 'Unary', { metadata: behave('ok') }).result;
    expect(outcome.code).toBe(status.RESOURCE_EXHAUSTED);
    expect(await firstSpan(rig, 'server')).toEqual(expectedSpan('server', 'Unary', outcome, rig.port));
  });
});
