import { status } from '@grpc/grpc-js';
import type { Shape } from '../../tools/invoke.js';
import type { PlainSpan } from './plain-span.js';

export interface ExpectedOutcome {
  readonly code: number;
  readonly details: string;
}

const SERVER_ERRORS: readonly number[] = [
  status.UNKNOWN,
  status.DEADLINE_EXCEEDED,
  status.UNIMPLEMENTED,
  status.INTERNAL,
  status.UNAVAILABLE,
  status.DATA_LOSS,
];

/** The whole span that a call of the rig's service must leave on one side, written out from the conventions. */
export function expectedSpan(
  side: 'client' | 'server',
  shape: Shape,
  { code, details }: ExpectedOutcome,
  port: number,
  peer: 'connected' | 'none' = 'connected',
): PlainSpan {
  const name = status[code] ?? String(code);
  const ok: number = status.OK;
  const failed = side === 'client' ? code !== ok : SERVER_ERRORS.includes(code) || status[code] === undefined;
  // The client's own port is the system's choice; the server's is known.
  const peerPort: unknown = side === 'client' ? port : expect.any(Number);
  return {
    name: `test.Echo/${shape}`,
    kind: side === 'client' ? 'CLIENT' : 'SERVER',
    attributes: {
      'rpc.system.name': 'grpc',
      'rpc.method': `test.Echo/${shape}`,
      'server.address': '127.0.0.1',
      'server.port': port,
      // An asymmetric matcher stands for a number.
      ...(peer === 'connected' && { 'network.peer.address': '127.0.0.1', 'network.peer.port': peerPort as number }),
      'rpc.status_code': name,
      ...(failed && { 'error.type': name }),
    },
    status: failed ? { code: 'ERROR', message: details } : { code: 'UNSET' },
    events: failed ? [{ name: 'exception', attributes: { 'exception.type': name, 'exception.message': details } }] : [],
    links: 0,
  };
}
