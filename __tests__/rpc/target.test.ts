import { mkdtemp, rm } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Client,
  credentials,
  InterceptingCall,
  Server,
  ServerCredentials,
  ServerInterceptingCall,
  type Interceptor,
  type ServerInterceptor,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import fc from 'fast-check';
import { parseAuthority, parsePeer, parseTarget, type Address } from '../../lib/rpc/target.js';

/** Beside ordinary strings, those made of what addresses are made of. */
const texts = fc.oneof(
  fc.string(),
  fc
    .array(
      fc.constantFrom(
        ...[
          'dns:',
          'ipv4:',
          'ipv6:',
          'unix:',
          'unix-abstract:',
          'xds:',
          ':',
          '::',
          '/',
          '//',
          '///',
          '[',
          ']',
          '@',
          ',',
        ],
        ...['%', '%zz', '.', '-', 'a', 'grpc.io', '127.0.0.1', '::1', '0', '1', '65535', '65536', ' ', '\n', 'unknown'],
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

const isPort = (port: unknown) => Number.isInteger(port) && Number(port) >= 0 && Number(port) <= 65_535;

/** Whether it is an address as it should be: some text, and a port that is one or is not there at all. */
const isAddress = (value: Address) =>
  Object.keys(value).every((key) => key === 'address' || key === 'port' || key === 'userInfo') &&
  typeof value.address === 'string' &&
  (!('port' in value) || isPort(value.port));

const ADDRESSES: [target: string, expected: Address][] = [
  // dns, and what has no scheme
  ['grpc.io:50051', { address: 'grpc.io', port: 50051 }],
  ['dns:grpc.io:50051', { address: 'grpc.io', port: 50051 }],
  ['dns:///grpc.io:50051', { address: 'grpc.io', port: 50051 }],
  ['dns://1.2.3.4/grpc.io:50051', { address: 'grpc.io', port: 50051 }],
  ['dns://[::1]:53/grpc.io:50051', { address: 'grpc.io', port: 50051 }],
  ['grpc.io', { address: 'grpc.io' }],
  ['dns:grpc.io', { address: 'grpc.io' }],
  ['dns:///grpc.io', { address: 'grpc.io' }],
  ['localhost', { address: 'localhost' }],
  ['my_service.ns.svc.cluster.local:80', { address: 'my_service.ns.svc.cluster.local', port: 80 }],
  ['bücher.example:1', { address: 'bücher.example', port: 1 }],
  ['grpc.io.:1', { address: 'grpc.io.', port: 1 }],
  ['1', { address: '1' }],
  // IP addresses
  ['127.0.0.1:1', { address: '127.0.0.1', port: 1 }],
  ['127.0.0.1', { address: '127.0.0.1' }],
  ['ipv4:127.0.0.1:1', { address: '127.0.0.1', port: 1 }],
  ['ipv4:127.0.0.1', { address: '127.0.0.1' }],
  ['ipv4:///127.0.0.1:1', { address: '127.0.0.1', port: 1 }],
  ['[::1]:1', { address: '::1', port: 1 }],
  ['[::1]', { address: '::1' }],
  ['::1', { address: '::1' }],
  ['dns:::1', { address: '::1' }],
  ['dns:[::1]:1', { address: '::1', port: 1 }],
  ['dns:///[::1]:1', { address: '::1', port: 1 }],
  ['ipv6:[::1]:1', { address: '::1', port: 1 }],
  ['ipv6:[::1]', { address: '::1' }],
  ['ipv6:::1', { address: '::1' }],
  ['[fe80::1%eth0]:1', { address: 'fe80::1%eth0', port: 1 }],
  ['[::ffff:127.0.0.1]:1', { address: '::ffff:127.0.0.1', port: 1 }],
  // UNIX sockets
  ['unix:/run/x.sock', { address: '/run/x.sock' }],
  ['unix:///run/x.sock', { address: '/run/x.sock' }],
  ['unix:rel.sock', { address: 'rel.sock' }],
  ['unix:./rel.sock', { address: './rel.sock' }],
  ['unix:x', { address: 'x' }],
  ['unix:/run/x:1', { address: '/run/x:1' }],
  ['unix:/run/a b%20c%zz.sock', { address: '/run/a b%20c%zz.sock' }],
  ['unix-abstract:name', { address: 'name' }],
  ['unix-abstract:name:1', { address: 'name:1' }],
  // ports at their limits
  ['host:0', { address: 'host', port: 0 }],
  ['host:65535', { address: 'host', port: 65535 }],
  ['host:00080', { address: 'host', port: 80 }],
  // odd names stay as they are
  [']:1', { address: ']', port: 1 }],
  ['a%zz:1', { address: 'a%zz', port: 1 }],
  ['%', { address: '%' }],
  ['dns:dns:grpc.io', { address: 'dns:grpc.io' }],
];

/** Targets that are their own address. */
const WHOLE: string[] = [
  // names no single server, or nothing that grpc-js has a resolver for
  'ipv4:198.51.100.123:50051,198.51.100.124:50051',
  'ipv6:[::1]:1,[::2]:2',
  'xds:///svc',
  'zk://zookeeper:2181/my-server',
  'consul://host:1/svc',
  'http://grpc.io:80/',
  'https://grpc.io',
  'a:1,b:2',
  // mistakes
  'host:65536',
  'host:99999',
  'host:1' + '0'.repeat(400),
  'host:abc',
  'host:',
  'host:-1',
  'host:+1',
  'host:1.5',
  'host:1e3',
  'host:0x10',
  'host: 1',
  'host:１',
  'host:1:2',
  ':50051',
  '[::1',
  '[::1]x',
  '[::1]:',
  '[::1]:abc',
  '[::1]1',
  '[::1]x80',
  '[]:1',
  '[grpc.io]:1',
  '[127.0.0.1]:1',
  'ipv4:grpc.io:1',
  'ipv4:[::1]:1',
  'ipv4:',
  'ipv4:ab/127.0.0.1:1',
  'ipv6:127.0.0.1:1',
  'ipv6:',
  'unix:',
  'unix://authority/run/x.sock',
  'unix-abstract:',
  'dns:',
  'dns:/grpc.io:1',
  'dns://grpc.io:1',
  'dns:///',
  'dns:///grpc.io:abc',
  'dns:///grpc.io/path:1',
  'DNS:///grpc.io:1',
  '',
  ' ',
  ':',
  '/',
  '//',
];

describe('what a target says of the server', () => {
  test.each(ADDRESSES)('%s', (target, expected) => {
    expect(parseTarget(target)).toStrictEqual(expected);
  });
});

describe('a target that names no single server is its own address', () => {
  test.each(WHOLE)('%j', (target) => {
    expect(parseTarget(target)).toStrictEqual({ address: target });
  });
});

const WITH_USER: [target: string, address: string, port: number | undefined, userInfo: string][] = [
  ['me:secret@grpc.io:1', 'grpc.io', 1, 'me:secret'],
  ['me:secret@grpc.io', 'grpc.io', undefined, 'me:secret'],
  ['me@grpc.io:1', 'grpc.io', 1, 'me'],
  [':secret@grpc.io:1', 'grpc.io', 1, ':secret'],
  ['me:@grpc.io:1', 'grpc.io', 1, 'me:'],
  ['me:secret@127.0.0.1:1', '127.0.0.1', 1, 'me:secret'],
  ['me:secret@[::1]:1', '::1', 1, 'me:secret'],
  ['me:secret@::1', '::1', undefined, 'me:secret'],
  ['dns:me:secret@grpc.io:1', 'grpc.io', 1, 'me:secret'],
  ['dns:///me:secret@grpc.io:1', 'grpc.io', 1, 'me:secret'],
  ['dns:/me:secret@grpc.io', 'dns:/grpc.io', undefined, 'me:secret'],
  ['DNS:///me:secret@grpc.io:1', 'DNS:///grpc.io:1', undefined, 'me:secret'],
  ['dns://8.8.8.8/me:secret@grpc.io:1', 'grpc.io', 1, 'me:secret'],
  ['dns://me:secret@8.8.8.8/grpc.io:1', 'grpc.io', 1, 'me:secret'],
  ['dns://me:secret@8.8.8.8/you:other@grpc.io:1', 'dns://grpc.io:1', undefined, 'me:secret@8.8.8.8/you:other'],
  ['ipv4:me:secret@127.0.0.1:1', '127.0.0.1', 1, 'me:secret'],
  ['ipv6:me:secret@[::1]:1', '::1', 1, 'me:secret'],
  ['me:secret@a:1,you:other@b:2', 'b', 2, 'me:secret@a:1,you:other'],
  ['xds://me:secret@auth/svc', 'xds://auth/svc', undefined, 'me:secret'],
  ['xds:///me:secret@svc', 'xds:///svc', undefined, 'me:secret'],
  ['http://me:secret@grpc.io:80/', 'http://grpc.io:80/', undefined, 'me:secret'],
  ['my.own+scheme-1://me:secret@grpc.io', 'my.own+scheme-1://grpc.io', undefined, 'me:secret'],
  // a password with what ends other parts
  ['me:se@cret@grpc.io:1', 'grpc.io', 1, 'me:se@cret'],
  ['me:se/cret@grpc.io:1', 'grpc.io', 1, 'me:se/cret'],
  ['me:se:cret@grpc.io:1', 'grpc.io', 1, 'me:se:cret'],
  ['me:se%40cret@grpc.io:1', 'grpc.io', 1, 'me:se%40cret'],
  ['me:[secret]@grpc.io:1', 'grpc.io', 1, 'me:[secret]'],
  ['me:$&@grpc.io:1', 'grpc.io', 1, 'me:$&'],
  ['me:sécret @grpc.io:1', 'grpc.io', 1, 'me:sécret '],
  ['dns:///me:se/cret@grpc.io:1', 'grpc.io', 1, 'me:se/cret'],
  // nothing, or no address, behind it
  ['me:secret@', 'unknown', undefined, 'me:secret'],
  ['dns:///me:secret@', 'dns:///', undefined, 'me:secret'],
  ['me:secret@host:abc', 'host:abc', undefined, 'me:secret'],
  ['me:secret@host:65536', 'host:65536', undefined, 'me:secret'],
];

describe('the user information in a target is apart from its address', () => {
  test.each(WITH_USER)('%s', (target, address, port, userInfo) => {
    const expected = { address, ...(port !== undefined && { port }), userInfo };
    expect(parseTarget(target)).toStrictEqual(expected);
    expect(JSON.stringify({ ...parseTarget(target), userInfo: undefined })).not.toMatch(/se.?cret/);
  });
});

describe('an @ that no user stands before is a part of the address', () => {
  test.each([
    ['unix:/run/me:secret@x.sock', '/run/me:secret@x.sock'],
    ['unix:///run/a@b', '/run/a@b'],
    ['unix:a@b', 'a@b'],
    ['unix-abstract:a@b:1', 'a@b:1'],
    ['unix:@', '@'],
    ['@host', '@host'],
    ['@', '@'],
  ])('%s', (target, address) => {
    expect(parseTarget(target)).toStrictEqual({ address });
  });
});

describe('what grpc-js makes of a target says the same', () => {
  // The empty one it refuses, and an authority that is no address; `dns:` before a slash is not taken off, for it may be
  // the application’s own.
  const accepted = [...[...ADDRESSES, ...WITH_USER].map(([target]) => target), ...WHOLE].filter(
    (target) => !/^($|\/|dns:\/\/me:)/.test(target),
  );

  test.each(accepted)('%s', (target) => {
    const client = new Client(target, credentials.createInsecure());
    const known = client.getChannel().getTarget();
    client.close();
    expect(parseTarget(known)).toStrictEqual(parseTarget(target));
  });
});

describe('the host of an :authority', () => {
  test.each<[authority: string | undefined, expected: Address | undefined]>([
    ['localhost:50051', { address: 'localhost', port: 50051 }],
    ['localhost', { address: 'localhost' }],
    ['grpc.io:443', { address: 'grpc.io', port: 443 }],
    ['127.0.0.1:1', { address: '127.0.0.1', port: 1 }],
    ['[::1]:1', { address: '::1', port: 1 }],
    ['[::1]', { address: '::1' }],
    ['::1', { address: '::1' }],
    ['host:0', { address: 'host', port: 0 }],
    ['host:65535', { address: 'host', port: 65535 }],
    // what some clients make of a socket's path
    ['%2Frun%2Fx.sock', { address: '%2Frun%2Fx.sock' }],
    // user information
    ['user@host:1', { address: 'host', port: 1 }],
    ['user:secret@host:1', { address: 'host', port: 1 }],
    ['user:secret@[::1]:1', { address: '::1', port: 1 }],
    ['user:a@b@host', { address: 'host' }],
    ['@host', { address: 'host' }],
    // not an authority
    [undefined, undefined],
    ['', undefined],
    ['@', undefined],
    ['user@', undefined],
    [':', undefined],
    [':1', undefined],
    ['host:', undefined],
    ['host:abc', undefined],
    ['host:-1', undefined],
    ['host:65536', undefined],
    ['host:1:2', undefined],
    ['[::1', undefined],
    ['[::1]1', undefined],
    ['[host]:1', undefined],
    ['/run/x.sock', undefined],
    ['host/path:1', undefined],
    ['http://host:1', undefined],
  ])('%s', (authority, expected) => {
    expect(parseAuthority(authority)).toStrictEqual(expected);
  });
});

describe('the remote end that getPeer() prints', () => {
  test.each<[peer: string, expected: Address | undefined]>([
    ['127.0.0.1:1234', { address: '127.0.0.1', port: 1234 }],
    ['127.0.0.1', { address: '127.0.0.1' }],
    // IPv6: with brackets on the client, without on the server
    ['[::1]:1234', { address: '::1', port: 1234 }],
    ['::1:1234', { address: '::1', port: 1234 }],
    ['::1:65535', { address: '::1', port: 65535 }],
    ['2001:db8::8a2e:370:7334:50051', { address: '2001:db8::8a2e:370:7334', port: 50051 }],
    ['2001:db8:1:2:3:4:5:6:7', { address: '2001:db8:1:2:3:4:5:6', port: 7 }],
    ['::ffff:127.0.0.1:1234', { address: '::ffff:127.0.0.1', port: 1234 }],
    ['fe80::1%eth0:1234', { address: 'fe80::1%eth0', port: 1234 }],
    ['::1', { address: '::1' }],
    ['::', { address: '::' }],
    ['2001:db8:1:2:3:4:5:6', { address: '2001:db8:1:2:3:4:5:6' }],
    // UNIX sockets, on the client
    ['/run/x.sock', { address: '/run/x.sock' }],
    ['/run/x:1', { address: '/run/x:1' }],
    ['./x:1', { address: './x:1' }],
    ['rel/x:1', { address: 'rel/x:1' }],
    ['rel.sock', { address: 'rel.sock' }],
    // no peer yet: the word, or the channel's target
    ['unknown', undefined],
    ['', undefined],
    ['dns:localhost:1', undefined],
    ['dns:127.0.0.1:1', undefined],
    ['dns:[::1]:1', undefined],
    ['dns:::1', undefined],
    ['dns:///localhost:1', undefined],
    ['dns:xds:///svc', undefined],
    ['dns:1', undefined],
    ['ipv4:127.0.0.1:1', undefined],
    ['ipv4:127.0.0.1:1,127.0.0.2:2', undefined],
    ['ipv6:[::1]:1', undefined],
    ['unix:/run/x.sock', undefined],
    ['unix:///run/x.sock', undefined],
    ['unix:rel.sock', undefined],
    ['xds:///svc', undefined],
    // nothing that a connection has
    ['127.0.0.1:', undefined],
    ['127.0.0.1:abc', undefined],
    ['127.0.0.1:65536', undefined],
    ['127.0.0.1:-1', undefined],
    ['::1:99999', undefined],
    ['[::1]', undefined],
    ['[::1]:', undefined],
    ['[::1', undefined],
    ['[::1:1234', undefined],
    ['1::2]:1234', undefined],
    ['[]:1', undefined],
    ['host:1', undefined],
    [':1', undefined],
    [':', undefined],
  ])('%s', (peer, expected) => {
    expect(parsePeer(peer)).toStrictEqual(expected);
  });
});

describe('whatever the text, nothing is thrown, and a port is a port or is not there', () => {
  test.each<[name: string, parse: (text: string) => Address | undefined, mayBeAbsent: boolean]>([
    ['parseTarget', parseTarget, false],
    ['parseAuthority', parseAuthority, true],
    ['parsePeer', parsePeer, true],
  ])('%s', (_name, parse, mayBeAbsent) => {
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parse(text);
        expect(parsed === undefined ? mayBeAbsent : isAddress(parsed)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('host and port that are put together come apart again', () => {
    const hosts = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(hosts, fc.integer({ min: 0, max: 65_535 }), (address, port) => {
        const text = isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
        expect([text, `dns:${text}`, `dns:///${text}`].map(parseTarget)).toStrictEqual(
          Array.from({ length: 3 }, () => ({ address, port })),
        );
        expect(parseAuthority(text)).toStrictEqual({ address, port });
      }),
    );
  });

  test('so do the two ends of a connection', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.integer({ min: 1, max: 65_535 }), (address, port) => {
        expect(parsePeer(`${address}:${port}`)).toStrictEqual({ address, port });
      }),
    );
  });
});

describe('what grpc-js prints of a real connection', () => {
  const IDENTITY = (bytes: Buffer) => bytes;
  const PING = {
    path: '/test.Pinger/Ping',
    requestStream: false,
    responseStream: false,
    requestSerialize: IDENTITY,
    requestDeserialize: IDENTITY,
    responseSerialize: IDENTITY,
    responseDeserialize: IDENTITY,
  } as const;
  const PINGER: ServiceDefinition = { Ping: PING };

  /** One call, and what the interceptors of both sides can read of its two ends. */
  async function ping(bind: string, target: (port: number) => string) {
    const seen = { before: '', after: '', server: '', authority: '' };
    const serverSees: ServerInterceptor = (_definition, call) =>
      new ServerInterceptingCall(call, {
        start: (next) => {
          seen.server = call.getPeer();
          seen.authority = call.getHost();
          next();
        },
      });
    const clientSees: Interceptor = (options, nextCall) => {
      const call = nextCall(options);
      seen.before = call.getPeer();
      return new InterceptingCall(call, {
        start: (metadata, _listener, next) => {
          next(metadata, {
            onReceiveStatus: (status, forward) => {
              seen.after = call.getPeer();
              forward(status);
            },
          });
        },
      });
    };
    const server = new Server({ interceptors: [serverSees] });
    server.addService(PINGER, {
      Ping: (_call: unknown, callback: (error: null, reply: Buffer) => void) => callback(null, Buffer.of(1)),
    });
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(bind, ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    const client = new Client(target(port), credentials.createInsecure(), { interceptors: [clientSees] });
    try {
      await new Promise<void>((resolve, reject) => {
        client.makeUnaryRequest(PING.path, IDENTITY, IDENTITY, Buffer.of(1), (error) =>
          error === null ? resolve() : reject(error),
        );
      });
      return { port, seen };
    } finally {
      client.close();
      server.forceShutdown();
    }
  }

  const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
  const families: [bind: string, host: string, address: string][] = [['127.0.0.1:0', '127.0.0.1', '127.0.0.1']];
  if (hasIPv6) families.push(['[::1]:0', '[::1]', '::1']);

  test.each(families)('TCP, %s', async (bind, host, address) => {
    const { port, seen } = await ping(bind, (bound) => `${host}:${bound}`);
    expect(parseTarget(seen.before)).toStrictEqual({ address, port });
    expect(parsePeer(seen.before)).toBeUndefined();
    expect(parsePeer(seen.after)).toStrictEqual({ address, port });
    expect(parsePeer(seen.server)).toStrictEqual({ address, port: expect.any(Number) as number }); // a matcher is untyped
    expect(parseAuthority(seen.authority)).toStrictEqual({ address, port });
  });

  test('UNIX socket: the client knows the path, the server knows nothing', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'target-'));
    const path = join(directory, 'x:1.sock');
    try {
      const { seen } = await ping(`unix:${path}`, () => `unix:${path}`);
      expect(parseTarget(seen.before)).toStrictEqual({ address: path });
      expect(parsePeer(seen.before)).toBeUndefined();
      expect(parsePeer(seen.after)).toStrictEqual({ address: path });
      expect(parsePeer(seen.server)).toBeUndefined();
      expect(parseAuthority(seen.authority)).toStrictEqual({ address: 'localhost' });
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
