import type { InterceptingCall } from '@grpc/grpc-js';
import { report } from '../diagnostics/report.js';
import { remembered } from '../rpc/remembered.js';
import { parsePeer, parseTarget, type Address, type Target } from '../rpc/target.js';
import { connectTargetOf, type BaseClientCall } from './base-call.js';

type NextCall = Pick<InterceptingCall, 'getPeer'>;

const parsedTarget = remembered(parseTarget);
const parsedPeer = remembered(parsePeer);

/**
 * The target as the application wrote it. Before the start `getPeer` is the channel's, which an interceptor is not told
 * otherwise; where a proxy stands between, that is the proxy's.
 */
export function targetOf(call: NextCall, base: BaseClientCall | undefined): Target | undefined {
  try {
    return parsedTarget((base && connectTargetOf(base)) ?? call.getPeer());
  } catch (error) {
    report('the target could not be read', error);
    return undefined;
  }
}

/** The last peer contacted, if any. */
export function peerOf(call: NextCall): Address | undefined {
  try {
    return parsedPeer(call.getPeer());
  } catch (error) {
    report('the peer could not be read', error);
    return undefined;
  }
}
