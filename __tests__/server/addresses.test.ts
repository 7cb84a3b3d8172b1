import type { Address } from '../../lib/rpc/target.js';
import { peerOf, serverOf } from '../../lib/server/addresses.js';

type Call = Parameters<typeof peerOf>[0];
type ConnectionInfo = ReturnType<NonNullable<Call['getConnectionInfo']>>;

const unasked = (): never => {
  throw new Error('not to be asked: it is slow');
};

describe('the remote end of a server’s call', () => {
  it.each<[what: string, info: ConnectionInfo, expected: Address | undefined]>([
    ['address and port', { remoteAddress: '::1', remotePort: 1 }, { address: '::1', port: 1 }],
    ['the port 0', { remoteAddress: '127.0.0.1', remotePort: 0 }, { address: '127.0.0.1', port: 0 }],
    ['an address alone', { remoteAddress: '/run/x.sock' }, { address: '/run/x.sock' }],
    ['nothing, on a UNIX socket', {}, undefined],
    ['a port alone', { remotePort: 1 }, undefined],
  ])('from what the connection says: %s', (_what, info, expected) => {
    expect(peerOf({ getPeer: unasked, getConnectionInfo: () => info })).toStrictEqual(expected);
  });

  it.each<[peer: string, expected: Address | undefined]>([
    ['::1:1234', { address: '::1', port: 1234 }],
    ['unknown', undefined],
  ])('from what getPeer() prints, before grpc-js 1.14: %s', (peer, expected) => {
    expect(peerOf({ getPeer: () => peer })).toStrictEqual(expected);
  });
});

describe('the name that the caller knows a server by', () => {
  it.each<[authority: string, expected: Address | undefined]>([
    ['grpc.io:443', { address: 'grpc.io', port: 443 }],
    ['', undefined],
  ])('from its :authority: %j', (authority, expected) => {
    expect(serverOf({ getPeer: unasked, getHost: () => authority })).toStrictEqual(expected);
  });

  it('is not known before grpc-js 1.11', () => {
    expect(serverOf({ getPeer: unasked })).toBeUndefined();
  });
});
