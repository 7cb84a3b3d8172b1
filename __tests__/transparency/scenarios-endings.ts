import { status } from '@grpc/grpc-js';
import { SHAPES, type Shape } from '../../tools/invoke.js';
import { metadataOf } from './metadata-of.js';
import { PATIENCE_MS } from './patience.js';
import type { Calling, Scenario, Serving, Setup } from './scenario.js';

const READING: readonly Shape[] = ['ServerStream', 'Bidi'];
const HANGING: Serving = { ending: 'hang' };
const HEADERS_AND_NO_MORE: Serving = {
  headers: () => metadataOf({ 'x-response': ['early'] }),
  answers: [],
  ending: 'hang',
};

function deadline(milliseconds: number): Pick<Calling, 'options'> {
  return { options: () => ({ deadline: Date.now() + milliseconds }) };
}

/** A deadline that the client does not set itself. */
const CONFIGURED_TIMEOUT: Setup = {
  clientOptions: {
    'grpc.service_config': JSON.stringify({
      loadBalancingConfig: [],
      methodConfig: [{ name: [{ service: 'test.Echo' }], timeout: { seconds: 0, nanos: PATIENCE_MS * 1e6 } }],
    }),
  },
};

const DEADLINES: readonly Scenario[] = SHAPES.flatMap((shape): Scenario[] => [
  { name: 'the deadline passes', shape, long: true, serving: HANGING, calling: deadline(PATIENCE_MS) },
  {
    name: 'the deadline passes after the headers',
    shape,
    long: true,
    serving: HEADERS_AND_NO_MORE,
    calling: deadline(PATIENCE_MS),
  },
  { name: 'the deadline is far', shape, calling: deadline(60_000) },
  {
    name: 'the deadline is a far date',
    shape,
    calling: { options: () => ({ deadline: new Date(Date.now() + 60_000) }) },
  },
  { name: 'the deadline has passed', shape, calling: deadline(-1) },
  {
    name: 'the handler answers after the deadline',
    shape,
    long: true,
    serving: { ending: 'late' },
    calling: deadline(PATIENCE_MS),
  },
  { name: 'the service config sets a timeout', shape, long: true, serving: HANGING, setup: CONFIGURED_TIMEOUT },
  {
    name: 'the handler answers twice',
    shape,
    long: true,
    serving: { ending: 'twice' },
    calling: deadline(PATIENCE_MS),
  },
]);

const CANCELS: readonly Scenario[] = SHAPES.flatMap((shape): Scenario[] => [
  { name: 'the client cancels at once', shape, serving: HANGING, when: { called: ({ call }) => call.cancel() } },
  {
    name: 'the client cancels when the handler runs',
    shape,
    serving: HANGING,
    calling: { open: true },
    when: { handler: ({ call }) => call.cancel() },
  },
  {
    name: 'the client cancels when the headers are there',
    shape,
    serving: HEADERS_AND_NO_MORE,
    calling: { open: true },
    when: { headers: ({ call }) => call.cancel() },
  },
  {
    name: 'the client cancels twice',
    shape,
    serving: HEADERS_AND_NO_MORE,
    calling: { open: true },
    when: {
      headers({ call }) {
        call.cancel();
        call.cancel();
      },
    },
  },
  { name: 'the client cancels when all is over', shape, when: { over: ({ call }) => call.cancel() } },
  {
    name: 'the client cancels and the handler answers',
    shape,
    serving: { ...HEADERS_AND_NO_MORE, ending: 'late' },
    calling: { open: true },
    when: { headers: ({ call }) => call.cancel() },
  },
]);

const IN_THE_MIDDLE: readonly Scenario[] = READING.flatMap((shape): Scenario[] => [
  {
    name: 'the client cancels at the first message',
    shape,
    serving: HANGING,
    calling: { open: true },
    when: { message: ({ call }) => call.cancel() },
  },
  {
    name: 'the handler fails after its first answer',
    shape,
    serving: { answers: ['first'], ending: { error: { code: status.RESOURCE_EXHAUSTED, details: 'no more' } } },
  },
  {
    name: 'the handler destroys its stream',
    shape,
    long: true,
    serving: { ending: 'destroy' },
    calling: deadline(PATIENCE_MS),
  },
]);

const LOSSES: readonly Scenario[] = SHAPES.flatMap((shape): Scenario[] => [
  {
    name: 'the server is shut down by force',
    shape,
    serving: HEADERS_AND_NO_MORE,
    calling: { open: true },
    when: { headers: ({ server }) => server.forceShutdown() },
  },
  {
    name: 'the server is shut down in peace',
    shape,
    when: { handler: ({ server }) => server.tryShutdown(() => undefined) },
  },
  {
    name: 'the client is closed while it calls',
    shape,
    when: { handler: ({ client }) => client.close() },
  },
  {
    name: 'the connection is cut',
    shape,
    serving: HEADERS_AND_NO_MORE,
    calling: { open: true },
    setup: { refusing: 0 },
    when: { headers: ({ cut }) => cut() },
  },
]);

export const ENDINGS: readonly Scenario[] = [...DEADLINES, ...CANCELS, ...IN_THE_MIDDLE, ...LOSSES];
