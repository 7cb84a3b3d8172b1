import { Metadata } from '@grpc/grpc-js';
import type { Attributes } from '@opentelemetry/api';
import { captureOf } from '../../lib/conventions/metadata-capture.js';
import type { SemanticConventions } from '../../lib/index.js';
import { invoke } from '../../tools/invoke.js';
import { useEcho } from '../helpers/echo.js';
import { handlersAnswering } from '../helpers/metadata-handlers.js';
import { firstSpan, tracingOn } from '../helpers/sides.js';
import { MODES, OK, SIDES } from './golden/outcomes.js';
import { goldenSpan } from './golden/span.js';

const echo = useEcho();

/** Of one part of a call: a text, two values and bytes. */
function metadataOf(part: string): Metadata {
  const metadata = new Metadata();
  metadata.set('x-text', part);
  metadata.add('x-two-bin', Buffer.of(1));
  metadata.add('x-two-bin', Buffer.of(2));
  metadata.set('x-bytes-bin', Buffer.from(part));
  return metadata;
}

const KEYS = ['X-Text', 'x-two-BIN', 'x-bytes-bin', 'x-missing'];

const captured = (prefix: string, part: string): Attributes => ({
  [`${prefix}.x-text`]: [part],
  [`${prefix}.x-two-bin`]: ['AQ==', 'Ag=='],
  [`${prefix}.x-bytes-bin`]: [Buffer.from(part).toString('base64')],
});

/** Trailers had no name in the old conventions; they have that of today in all of them. */
const PREFIXES: Readonly<Record<SemanticConventions, readonly (readonly [prefix: string, part: string])[]>> = {
  stable: [
    ['rpc.request.header', 'asked'],
    ['rpc.response.header', 'header'],
    ['rpc.response.trailer', 'trailer'],
  ],
  dup: [
    ['rpc.request.header', 'asked'],
    ['rpc.grpc.request.metadata', 'asked'],
    ['rpc.response.header', 'header'],
    ['rpc.grpc.response.metadata', 'header'],
    ['rpc.response.trailer', 'trailer'],
  ],
  old: [
    ['rpc.grpc.request.metadata', 'asked'],
    ['rpc.grpc.response.metadata', 'header'],
    ['rpc.response.trailer', 'trailer'],
  ],
};

describe.each(MODES)('with the %s conventions', (semanticConventions) => {
  it.each(SIDES)('captured metadata has these names on the %s', async (side) => {
    const captureMetadata = { request: KEYS, response: KEYS, trailer: KEYS };
    const rig = await echo.start({
      ...tracingOn(side, { semanticConventions, captureMetadata }),
      handlers: handlersAnswering({ header: metadataOf('header'), trailer: metadataOf('trailer') }),
    });
    await invoke(rig.client, 'Unary', { metadata: metadataOf('asked') }).result;
    const span = goldenSpan(semanticConventions, side, OK, rig.port);
    const expected = PREFIXES[semanticConventions].map(([prefix, part]) => captured(prefix, part));
    expect(await firstSpan(rig, side)).toStrictEqual({
      ...span,
      attributes: Object.assign({}, span.attributes, ...expected) as Attributes,
    });
  });
});

describe('a capture', () => {
  const name = (key: string): string => `is.${key}`;

  it.each([[undefined], [[]]])('of no keys is none: %p', (keys) => {
    expect(captureOf(keys, [name])).toBeUndefined();
  });

  it('makes names once, however many calls there are', () => {
    const nameOf = jest.fn(name);
    const capture = captureOf(['A', 'b'], [nameOf]);
    const attributes: Attributes = {};
    const metadata = new Metadata();
    metadata.set('a', '1');
    for (let n = 0; n < 3; n++) capture?.(metadata, attributes);
    expect(attributes).toStrictEqual({ 'is.a': ['1'] });
    expect(nameOf.mock.calls).toEqual([['a'], ['b']]);
  });

  it('leaves what is there already, and the metadata', () => {
    const metadata = new Metadata();
    metadata.add('a', '1');
    metadata.add('a', '2');
    const attributes: Attributes = { mine: true };
    captureOf(['a'], [name, (key) => `was.${key}`])?.(metadata, attributes);
    expect(attributes).toStrictEqual({ mine: true, 'is.a': ['1', '2'], 'was.a': ['1', '2'] });
    expect(metadata.get('a')).toEqual(['1', '2']);
  });
});
