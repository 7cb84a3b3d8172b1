import { status } from '@grpc/grpc-js';
import { SHAPES } from '../../tools/invoke.js';
import { metadataOf } from './metadata-of.js';
import type { Ending, Scenario } from './scenario.js';

/** What google.rpc.Status travels in; any bytes do. */
const DETAILS_BIN = { 'grpc-status-details-bin': [Buffer.from([8, 5, 18, 3, 0xff, 0, 0x7f])] };

const ENDINGS: readonly (readonly [name: string, ending: Ending])[] = [
  ['answers', 'ok'],
  ['throws', 'throw'],
  ['answers what cannot be serialized', 'unserializable'],
  ['fails with a plain Error', { error: new Error('plain') }],
  ['fails with a code and details', { error: { code: status.NOT_FOUND, details: 'no such é 100% "thing"' } }],
  [
    'fails with error details in its trailers',
    { error: { code: status.INVALID_ARGUMENT, details: 'see the trailers', metadata: metadataOf(DETAILS_BIN) } },
  ],
  ['fails with a code outside 0 to 16', { error: { code: 42, details: 'unheard of' } }],
  ['fails without details', { error: { code: status.ABORTED } }],
  ['fails with empty details', { error: { code: status.INTERNAL, details: '' } }],
  ['fails with OK', { error: { code: status.OK, details: 'fine' } }],
];

const METADATA: readonly (readonly [name: string, scenario: Partial<Scenario>])[] = [
  [
    'with request metadata of every kind',
    {
      calling: {
        metadata: () =>
          metadataOf({
            'x-request': ['one', 'two'],
            'x-bytes-bin': [Buffer.from([0, 255]), Buffer.alloc(0)],
            'X-Upper-Case': ['Kept'],
            authorization: ['Bearer secret'],
            'x-long': ['v'.repeat(3000)],
          }),
      },
    },
  ],
  [
    'with response headers',
    {
      serving: {
        headers: () => metadataOf({ 'x-response': ['one', 'two'], 'x-bytes-bin': [Buffer.from([1, 2, 3])] }),
      },
    },
  ],
  ['with trailers', { serving: { trailers: () => metadataOf({ 'x-trailer': ['one', 'two'], ...DETAILS_BIN }) } }],
  [
    'with headers, trailers and an error',
    {
      serving: {
        headers: () => metadataOf({ 'x-response': ['one'] }),
        trailers: () => metadataOf({ 'x-trailer': ['one'] }),
        ending: { error: { code: status.DATA_LOSS, details: 'lost', metadata: metadataOf({ 'x-trailer': ['two'] }) } },
      },
    },
  ],
  [
    'that brings the headers of propagation itself',
    {
      calling: {
        metadata: () =>
          metadataOf({
            traceparent: ['00-11111111111111111111111111111111-2222222222222222-01'],
            'x-request': ['with them'],
          }),
      },
    },
  ],
  [
    'with the same metadata for three calls',
    (() => {
      const metadata = metadataOf({ 'x-request': ['shared'] });
      return { calls: 3, calling: { metadata: () => metadata } };
    })(),
  ],
];

export const OUTCOMES: readonly Scenario[] = SHAPES.flatMap((shape) => [
  ...ENDINGS.map(([name, ending]) => ({ name: `the handler ${name}`, shape, serving: { ending } })),
  ...METADATA.map(([name, scenario]) => ({ name: `a call ${name}`, shape, ...scenario })),
  { name: 'no handler is registered', shape, calling: { method: { path: '/test.Echo/Missing' } } },
  { name: 'the request cannot be serialized', shape, calling: { unserializable: true } },
]);
