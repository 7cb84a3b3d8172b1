import type { ServerInterceptingCallInterface } from '@grpc/grpc-js';
import { report } from '../diagnostics/report.js';
import { remembered } from '../rpc/remembered.js';
import { parseAuthority, parsePeer, type Address } from '../rpc/target.js';

const authorityOf = remembered(parseAuthority);

/** What older releases of grpc-js do not have: `getHost` before 1.11, `getConnectionInfo` before 1.14. */
type OlderCall = Pick<ServerInterceptingCallInterface, 'getPeer'> &
  Partial<Pick<ServerInterceptingCallInterface, 'getHost' | 'getConnectionInfo'>>;

/** The name that the caller knows this server by, from the request's `:authority`. */
export function serverOf(call: OlderCall): Address | undefined {
  try {
    const host = call.getHost?.();
    return host === undefined ? undefined : authorityOf(host);
  } catch (error) {
    report('the name of the server could not be read', error);
    return undefined;
  }
}

/** The remote end. */
export function peerOf(call: OlderCall): Address | undefined {
  try {
    return remoteEndOf(call);
  } catch (error) {
    report('the peer could not be read', error);
    return undefined;
  }
}

/** From what was read when the call began; `getPeer` goes through the session's slow proxy of its socket. */
function remoteEndOf(call: OlderCall): Address | undefined {
  if (call.getConnectionInfo === undefined) return parsePeer(call.getPeer());
  const { remoteAddress, remotePort } = call.getConnectionInfo();
  if (remoteAddress === undefined) return undefined;
  return remotePort === undefined ? { address: remoteAddress } : { address: remoteAddress, port: remotePort };
}
