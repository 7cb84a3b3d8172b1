import type { Attributes } from '@opentelemetry/api';
import type { PlainSpan } from '../../helpers/plain-span.js';
import type { Mode, Outcome, Side } from './outcomes.js';

// The client's own port is the system's choice. An asymmetric matcher stands for a number.
const CLIENT_PORT = expect.any(Number) as unknown as number;

/** All that a span has at its start; `port` is the server's. */
export const START: Readonly<Record<Mode, (port: number) => Readonly<Record<Side, Attributes>>>> = {
  stable: (port) => ({
    client: {
      'rpc.system.name': 'grpc',
      'rpc.method': 'test.Echo/Unary',
      'server.address': '127.0.0.1',
      'server.port': port,
    },
    server: {
      'rpc.system.name': 'grpc',
      'rpc.method': 'test.Echo/Unary',
      'server.address': '127.0.0.1',
      'server.port': port,
      'network.peer.address': '127.0.0.1',
      'network.peer.port': CLIENT_PORT,
    },
  }),
  dup: (port) => ({
    client: {
      'rpc.system.name': 'grpc',
      'rpc.system': 'grpc',
      'rpc.service': 'test.Echo',
      // Not the bare method of old: the key is taken.
      'rpc.method': 'test.Echo/Unary',
      'server.address': '127.0.0.1',
      'server.port': port,
    },
    server: {
      'rpc.system.name': 'grpc',
      'rpc.system': 'grpc',
      'rpc.service': 'test.Echo',
      'rpc.method': 'test.Echo/Unary',
      'server.address': '127.0.0.1',
      'server.port': port,
      'network.peer.address': '127.0.0.1',
      'network.peer.port': CLIENT_PORT,
    },
  }),
  old: (port) => ({
    client: {
      'rpc.system': 'grpc',
      'rpc.service': 'test.Echo',
      'rpc.method': 'Unary',
      'server.address': '127.0.0.1',
      'server.port': port,
    },
    server: {
      'rpc.system': 'grpc',
      'rpc.service': 'test.Echo',
      'rpc.method': 'Unary',
      'server.address': '127.0.0.1',
      'server.port': port,
      'network.peer.address': '127.0.0.1',
      'network.peer.port': CLIENT_PORT,
    },
  }),
};

/** The one more thing that a client span says at its end when a server was reached. */
const PEER: Readonly<Record<Side, (port: number) => Attributes>> = {
  client: (port) => ({ 'network.peer.address': '127.0.0.1', 'network.peer.port': port }),
  server: () => ({}),
};

/** The whole span of a call that leaves its failure on the span. */
export function goldenSpan(mode: Mode, side: Side, { code, name, failure }: Outcome, port: number): PlainSpan {
  const message = failure[side];
  const failed = message !== undefined;
  const stable = { 'rpc.status_code': name, ...(failed && { 'error.type': name }) };
  const old = { 'rpc.grpc.status_code': code };
  const end: Record<Mode, Attributes> = { stable, dup: { ...stable, ...old }, old };
  return {
    name: 'test.Echo/Unary',
    kind: { client: 'CLIENT', server: 'SERVER' }[side],
    attributes: { ...START[mode](port)[side], ...PEER[side](port), ...end[mode] },
    status: failed ? { code: 'ERROR', message } : { code: 'UNSET' },
    events: failed ? [{ name: 'exception', attributes: { 'exception.type': name, 'exception.message': message } }] : [],
    links: 0,
  };
}
