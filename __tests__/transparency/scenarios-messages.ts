import { compressionAlgorithms, status } from '@grpc/grpc-js';
import { SHAPES, type Shape } from '../../tools/invoke.js';
import { soon } from './patience.js';
import type { Calling, Scenario, Serving } from './scenario.js';

const READING: readonly Shape[] = ['ServerStream', 'Bidi'];
const WRITING: readonly Shape[] = ['ClientStream', 'Bidi'];

function many(count: number, length: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index).padEnd(length, 'x'));
}

/** More than the 64 kB that HTTP/2 lets a sender have in flight, so a slow reader holds its writer back. */
const MORE_THAN_A_WINDOW = many(40, 10_000);
const LARGE = 'x'.repeat(1_000_000);
const LIMIT = 1000;
const OVER_THE_LIMIT = 'x'.repeat(LIMIT + 1);
const FAILURE = { error: { code: status.DATA_LOSS, details: 'after the answers' } };

const FLOWS: readonly Scenario[] = [
  ...READING.flatMap((shape): Scenario[] => {
    const serving: Serving = { answers: MORE_THAN_A_WINDOW };
    const named = (name: string, calling: Calling, more: Serving = {}): Scenario => ({
      name,
      shape,
      long: (more.answers ?? MORE_THAN_A_WINDOW).length > 0,
      serving: { ...serving, ...more },
      calling,
    });
    return [
      named('many answers are read as they come', { pace: 'flowing' }, { answers: many(300, 10) }),
      named('many answers are read slowly', { pace: 'slow' }),
      named('many answers are read by iteration', { pace: 'iterating' }),
      named('answers and then an error are read slowly', { pace: 'slow' }, { ending: FAILURE }),
      named('answers and then an error are read by iteration', { pace: 'iterating' }, { ending: FAILURE }),
      named('answers are never read', { pace: 'never', options: soon }),
      {
        ...named('an iteration breaks off and the call is cancelled', { pace: 'breaking off' }),
        when: { message: ({ call }) => call.cancel() },
      },
      named('there are no answers', {}, { answers: [] }),
      named('there are no answers, only headers and an error', {}, { answers: [], ending: FAILURE }),
    ];
  }),
  ...WRITING.flatMap((shape): Scenario[] => [
    { name: 'many requests are read as they come', shape, long: true, calling: { requests: many(300, 10) } },
    {
      name: 'many requests are read slowly',
      shape,
      long: true,
      calling: { requests: MORE_THAN_A_WINDOW },
      serving: { pace: 'slow' },
    },
    {
      name: 'the handler answers without reading',
      shape,
      calling: { requests: many(30, 10) },
      serving: { pace: 'never', answers: ['at once'] },
    },
    { name: 'there are no requests', shape, calling: { requests: [] } },
  ]),
  {
    name: 'requests are iterated over',
    shape: 'ClientStream',
    calling: { requests: many(30, 10) },
    serving: { pace: 'iterating' },
  },
  {
    name: 'both sides read slowly',
    shape: 'Bidi',
    long: true,
    calling: { requests: MORE_THAN_A_WINDOW, pace: 'slow' },
    serving: { pace: 'slow' },
  },
];

const SIZES: readonly Scenario[] = SHAPES.flatMap((shape): Scenario[] => [
  { name: 'messages are large', shape, long: true, calling: { requests: [LARGE] } },
  { name: 'messages are empty', shape, calling: { requests: [''] } },
  {
    name: 'a request is over the limit of the server',
    shape,
    calling: { requests: [OVER_THE_LIMIT] },
    setup: { serverOptions: { 'grpc.max_receive_message_length': LIMIT } },
  },
  {
    name: 'a request is over the limit of the client',
    shape,
    calling: { requests: [OVER_THE_LIMIT] },
    setup: { clientOptions: { 'grpc.max_send_message_length': LIMIT } },
  },
  {
    name: 'an answer is over the limit of the server',
    shape,
    serving: { answers: [OVER_THE_LIMIT] },
    setup: { serverOptions: { 'grpc.max_send_message_length': LIMIT } },
  },
  {
    name: 'an answer is over the limit of the client',
    shape,
    serving: { answers: [OVER_THE_LIMIT] },
    setup: { clientOptions: { 'grpc.max_receive_message_length': LIMIT } },
  },
]);

const CODECS: readonly Scenario[] = SHAPES.flatMap((shape): Scenario[] => [
  ...(['deflate', 'gzip'] as const).map((algorithm) => ({
    name: `requests are compressed by ${algorithm}`,
    shape,
    calling: { requests: ['x'.repeat(5000)] },
    setup: { clientOptions: { 'grpc.default_compression_algorithm': compressionAlgorithms[algorithm] } },
  })),
  {
    name: 'a request cannot be deserialized',
    shape,
    calling: { method: { requestSerialize: () => Buffer.from([0xff, 0xff, 0xff, 0xff]) } },
  },
  {
    name: 'an answer cannot be deserialized',
    shape,
    calling: {
      method: {
        responseDeserialize: () => {
          throw new Error('no message');
        },
      },
    },
  },
]);

export const MESSAGES: readonly Scenario[] = [...FLOWS, ...SIZES, ...CODECS];
