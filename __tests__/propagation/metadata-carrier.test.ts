import { Metadata } from '@grpc/grpc-js';
import { diag, DiagLogLevel, type DiagLogger } from '@opentelemetry/api';
import { metadataGetter, metadataSetter } from '../../lib/propagation/metadata-carrier.js';

function metadataOf(...entries: [key: string, value: string | Buffer][]): Metadata {
  const metadata = new Metadata();
  for (const [key, value] of entries) metadata.add(key, value);
  return metadata;
}

const BYTES = Buffer.from([0, 255, 1, 254, 2]);

describe('getter', () => {
  test.each<[what: string, metadata: Metadata, key: string, expected: string | string[] | undefined]>([
    ['a key that is there once', metadataOf(['a', '1']), 'a', '1'],
    ['a repeated key, in order', metadataOf(['a', '2'], ['a', '1'], ['a', '2']), 'a', ['2', '1', '2']],
    ['a missing key', metadataOf(['a', '1']), 'b', undefined],
    ['an empty value', metadataOf(['a', '']), 'a', ''],
    ['upper case asked for', metadataOf(['x-key', '1']), 'X-Key', '1'],
    ['upper case given', metadataOf(['X-Key', '1']), 'x-key', '1'],
    ['bytes', metadataOf(['k-bin', BYTES]), 'k-bin', 'AP8B/gI='],
    ['bytes, upper case', metadataOf(['k-bin', BYTES]), 'K-BIN', 'AP8B/gI='],
    ['no bytes', metadataOf(['k-bin', Buffer.alloc(0)]), 'k-bin', ''],
    ['repeated bytes', metadataOf(['k-bin', BYTES], ['k-bin', Buffer.from('a')]), 'k-bin', ['AP8B/gI=', 'YQ==']],
    ['a pseudo-header', metadataOf([':path', '/a.B/C']), ':path', undefined],
    ['a key of Object.prototype', metadataOf(['a', '1']), 'constructor', undefined],
  ])('%s', (_what, metadata, key, expected) => {
    expect(metadataGetter.get(metadata, key)).toEqual(expected);
  });

  test('an array is the reader’s own', () => {
    const metadata = metadataOf(['a', '1'], ['a', '2']);
    const values = metadataGetter.get(metadata, 'a');
    expect(values).not.toBe(metadata.get('a'));
    expect(values).toEqual(['1', '2']);
  });

  test('keys: lower case, each once, without pseudo-headers', () => {
    const metadata = metadataOf(
      ['B', '1'],
      [':authority', 'x'],
      ['a', '1'],
      ['a', '2'],
      ['k-bin', BYTES],
      [':path', '/'],
    );
    expect(metadataGetter.keys(metadata)).toEqual(['b', 'a', 'k-bin']);
    expect(metadataGetter.keys(new Metadata())).toEqual([]);
  });
});

describe('setter', () => {
  const lines: string[] = [];
  const errors: unknown[] = [];
  const record = (message: string, error: unknown): void => {
    lines.push(message);
    errors.push(error);
  };

  beforeEach(() => {
    lines.length = 0;
    errors.length = 0;
    const ignore = (): void => undefined;
    const logger: DiagLogger = { error: record, warn: record, info: ignore, debug: ignore, verbose: ignore };
    diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  });
  afterEach(() => diag.disable());

  test.each<[what: string, key: string, value: string, stored: (string | Buffer)[]]>([
    ['replaces every value of the key', 'a', 'new', ['new']],
    ['replaces whatever the case', 'A', 'new', ['new']],
    ['an empty value', 'a', '', ['']],
    ['white space at the ends is left out', 'a', ' \t new value\t ', ['new value']],
    ['base64 becomes bytes', 'k-bin', 'AP8B/gI=', [BYTES]],
    ['base64 without padding', 'K-Bin', 'AP8B/gI', [BYTES]],
    ['base64url', 'k-bin', 'AP8B_gI', [BYTES]],
    ['no base64 at all', 'k-bin', '', [Buffer.alloc(0)]],
  ])('%s', (_what, key, value, stored) => {
    const metadata = metadataOf(['a', 'old'], ['a', 'older'], ['k-bin', Buffer.from('old')]);
    metadataSetter.set(metadata, key, value);
    expect(metadata.get(key)).toEqual(stored);
    expect(lines).toEqual([]);
  });

  test.each<[what: string, key: string, value: unknown]>([
    ['a line break', 'a', '1\r\nx-evil: 1'],
    ['a control character', 'a', '\u0000'],
    ['a letter that is not ASCII', 'a', 'é'],
    ['an illegal key', 'a b', '1'],
    ['no key', '', '1'],
    ['broken base64', 'k-bin', 'not base64!'],
    ['a pseudo-header', ':path', '/evil'],
    ['no value', 'a', undefined],
    ['a number', 'a', 1],
    ['bytes', 'k-bin', BYTES],
  ])('drops that one header and tells diag: %s', (_what, key, value) => {
    const metadata = metadataOf(['a', 'old'], ['k-bin', BYTES], ['other', '1']);
    // What a propagator in plain JavaScript may pass.
    metadataSetter.set(metadata, key, value as string);
    expect(metadata.get(key)).toEqual([]);
    expect(metadata.get('other')).toEqual(['1']);
    expect(lines).toEqual([`grpc-js-opentelemetry: the header ${JSON.stringify(key)} is not sent`]);
  });

  test.each<[what: string, key: string, value: unknown, why: string]>([
    ['a pseudo-header', ':path', '/evil', 'pseudo-headers are not metadata'],
    ['no value', 'a', undefined, 'the value is undefined, not a string'],
    ['broken base64', 'k-bin', 'not base64!', 'the value of a binary header is not base64'],
  ])('says why: %s', (_what, key, value, why) => {
    // What a propagator in plain JavaScript may pass.
    metadataSetter.set(new Metadata(), key, value as string);
    expect(errors).toEqual([new TypeError(why)]);
  });

  test('a logger that throws is no matter', () => {
    const fail = (): never => {
      throw new Error('no log');
    };
    diag.setLogger(
      { error: fail, warn: fail, info: fail, debug: fail, verbose: fail },
      { suppressOverrideMessage: true },
    );
    expect(() => metadataSetter.set(new Metadata(), 'a', '\n')).not.toThrow();
  });

  test('what is set is what is got', () => {
    const metadata = new Metadata();
    metadataSetter.set(metadata, 'x-bin', 'AAEC');
    metadataSetter.set(metadata, 'X', 'y');
    expect(metadataGetter.get(metadata, 'X-bin')).toBe('AAEC');
    expect(metadataGetter.get(metadata, 'x')).toBe('y');
  });
});
