import { status } from '@grpc/grpc-js';
import { codeName, isError } from '../../lib/rpc/status.js';

test.each<[code: number, name: string, client: 'error' | 'fine', server: 'error' | 'fine']>([
  [0, 'OK', 'fine', 'fine'],
  [1, 'CANCELLED', 'error', 'fine'],
  [2, 'UNKNOWN', 'error', 'error'],
  [3, 'INVALID_ARGUMENT', 'error', 'fine'],
  [4, 'DEADLINE_EXCEEDED', 'error', 'error'],
  [5, 'NOT_FOUND', 'error', 'fine'],
  [6, 'ALREADY_EXISTS', 'error', 'fine'],
  [7, 'PERMISSION_DENIED', 'error', 'fine'],
  [8, 'RESOURCE_EXHAUSTED', 'error', 'fine'],
  [9, 'FAILED_PRECONDITION', 'error', 'fine'],
  [10, 'ABORTED', 'error', 'fine'],
  [11, 'OUT_OF_RANGE', 'error', 'fine'],
  [12, 'UNIMPLEMENTED', 'error', 'error'],
  [13, 'INTERNAL', 'error', 'error'],
  [14, 'UNAVAILABLE', 'error', 'error'],
  [15, 'DATA_LOSS', 'error', 'error'],
  [16, 'UNAUTHENTICATED', 'error', 'fine'],
  [17, '17', 'error', 'error'],
  [200, '200', 'error', 'error'],
  [-1, '-1', 'error', 'error'],
  [-0, 'OK', 'fine', 'fine'],
  [0.5, '0.5', 'error', 'error'],
  [2 ** 32, '4294967296', 'error', 'error'],
  [NaN, 'NaN', 'error', 'error'],
  [Infinity, 'Infinity', 'error', 'error'],
])('code %d is %s: for a client %s, for a server %s', (code, name, client, server) => {
  expect(codeName(code)).toBe(name);
  expect(isError('client', code)).toBe(client === 'error');
  expect(isError('server', code)).toBe(server === 'error');
});

// The enumeration of grpc-js maps both ways: names to codes and codes to names.
const GRPC_CODES = Object.values(status).filter((value): value is status => typeof value === 'number');

test.each(GRPC_CODES)('code %d has the name that grpc-js gives it', (code) => {
  expect(codeName(code)).toBe(status[code]);
});

test('there is no name for a code that grpc-js does not have', () => {
  const codes = Array.from({ length: 100 }, (_, code) => code);
  expect(codes.filter((code) => codeName(code) !== String(code))).toStrictEqual(GRPC_CODES);
});
