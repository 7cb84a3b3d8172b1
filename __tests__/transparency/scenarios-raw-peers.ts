import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { SHAPES } from '../../tools/invoke.js';
import { soon } from './patience.js';
import { frame } from './raw-peers.js';
import type { RawCall, Scenario } from './scenario.js';

const OK_HEADERS: OutgoingHttpHeaders = { ':status': 200, 'content-type': 'application/grpc+proto' };

/** Answers with headers, a body and trailers, of which any may be missing. */
function answering(headers: OutgoingHttpHeaders, body?: Buffer, trailers?: OutgoingHttpHeaders) {
  return (stream: ServerHttp2Stream): void => {
    stream.respond({ ...OK_HEADERS, ...headers }, { waitForTrailers: trailers !== undefined });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers ?? {}));
    stream.end(body);
  };
}

const answeringWell = answering({}, frame('answer'), { 'grpc-status': '0', 'grpc-message': 'OK' });

type RawServer = NonNullable<Scenario['rawServer']>;

const TWO_MESSAGES = 'answers two messages';

/** What servers, and the proxies before them, have been seen to send. */
const ANSWERS: readonly (readonly [name: string, rawServer: RawServer])[] = [
  ['answers well', answeringWell],
  ['answers 503 as HTTP does', answering({ ':status': 503, 'content-type': 'text/html' }, Buffer.from('<html>'))],
  ['answers 401 as HTTP does', answering({ ':status': 401 })],
  ['answers without a status', answering({}, frame('answer'))],
  ['answers with a status that is no number', answering({ 'grpc-status': 'fine' })],
  ['answers with a status of its own and details', answering({ 'grpc-status': '99', 'grpc-message': 'a%20b%' })],
  ['answers with an error in the headers', answering({ 'grpc-status': '7', 'grpc-message': 'no', 'x-trailer': 'yes' })],
  ['answers OK without a message', answering({}, undefined, { 'grpc-status': '0' })],
  [TWO_MESSAGES, answering({}, Buffer.concat([frame('1'), frame('2')]), { 'grpc-status': '0' })],
  ['answers half a message', answering({}, frame('answer').subarray(0, 8), { 'grpc-status': '0' })],
  ['answers a message that is said to be compressed', answering({}, frame('answer', 1), { 'grpc-status': '0' })],
  ['answers with an unknown encoding', answering({ 'grpc-encoding': 'br' }, frame('a', 1), { 'grpc-status': '0' })],
  ['answers with a broken binary trailer', answering({}, frame('a'), { 'grpc-status': '0', 'x-bytes-bin': '%%%' })],
  ['resets the stream with CANCEL', (stream) => stream.close(constants.NGHTTP2_CANCEL)],
  ['resets the stream with INTERNAL_ERROR', (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR)],
  ['resets the stream with ENHANCE_YOUR_CALM', (stream) => stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM)],
  ['resets the stream after the headers', resetAfterHeaders],
  [
    'refuses the stream, which is retried unseen',
    (stream, attempt) => {
      if (attempt === 1) stream.close(constants.NGHTTP2_REFUSED_STREAM);
      else answeringWell(stream);
    },
  ],
  ['says GOAWAY and answers', goingAway(constants.NGHTTP2_NO_ERROR)],
  ['says GOAWAY with ENHANCE_YOUR_CALM and answers', goingAway(constants.NGHTTP2_ENHANCE_YOUR_CALM)],
  ['says GOAWAY and refuses the stream, which is retried unseen', goingAwayBefore],
  ['ends the session', (stream) => stream.session?.destroy()],
];

function resetAfterHeaders(stream: ServerHttp2Stream): void {
  stream.respond(OK_HEADERS);
  stream.write(frame('answer'));
  setImmediate(() => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
}

function goingAway(code: number): RawServer {
  return (stream) => {
    stream.session?.goaway(code);
    answeringWell(stream);
  };
}

function goingAwayBefore(stream: ServerHttp2Stream, attempt: number): void {
  if (attempt > 1) {
    answeringWell(stream);
    return;
  }
  stream.session?.goaway(constants.NGHTTP2_NO_ERROR);
  stream.close(constants.NGHTTP2_REFUSED_STREAM);
}

const CALLS: readonly (readonly [name: string, rawClient: RawCall])[] = [
  ['calls well', { body: frame('hello') }],
  ['sends an invalid grpc-timeout', { headers: { 'grpc-timeout': 'soon' }, body: frame('hello') }],
  ['sends no message', {}],
  ['sends two messages', { body: Buffer.concat([frame('1'), frame('2')]) }],
  ['sends half a message', { body: frame('hello').subarray(0, 7) }],
  ['sends bytes that are no message', { body: Buffer.from([0, 0, 0, 0, 4, 255, 255, 255, 255]) }],
  ['sends an unknown encoding', { headers: { 'grpc-encoding': 'br' }, body: frame('hello', 1) }],
  ['sends another content type', { headers: { 'content-type': 'text/plain' }, body: frame('hello') }],
  ['sends strange metadata', { headers: { 'x-bytes-bin': '%%%', 'x-empty': '', te: undefined }, body: frame('hello') }],
  ['sends broken trace context', { headers: { traceparent: 'broken', baggage: '=;,' }, body: frame('hello') }],
  ['calls what there is not', { headers: { ':path': '/test.Echo/Missing' }, body: frame('hello') }],
  [
    'resets its stream when it has the headers',
    {
      body: frame('hello'),
      open: true,
      act: (stream) => void stream.on('response', () => stream.close(constants.NGHTTP2_CANCEL)),
    },
  ],
];

/** grpc-js answers these itself. */
const UNTRACED = new Set(['sends another content type', 'calls what there is not']);

export const RAW_PEERS: readonly Scenario[] = [
  ...(['Unary', 'Bidi'] as const).flatMap((shape) =>
    ANSWERS.map(([name, rawServer]) => ({
      name: `the server ${name}`,
      shape,
      rawServer,
      // It ends in no other way.
      ...(shape === 'Unary' && name === TWO_MESSAGES && { long: true, calling: { options: soon } }),
    })),
  ),
  ...SHAPES.flatMap((shape) =>
    CALLS.filter(([name]) => shape === 'Bidi' || !name.startsWith('resets')).map(([name, rawClient]) => ({
      name: `the client ${name}`,
      shape,
      rawClient,
      leavesSpans: !UNTRACED.has(name),
    })),
  ),
];
