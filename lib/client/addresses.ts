import type { InterceptingCall } from '@grpc/grpc-js';
import { report } from '../diagnostics/report.js';
import { remembered } from '../rpc/remembered.js';
import { parsePeer, parseTarget, type Address } from '../rpc/target.js';

type NextCall = Pick<InterceptingCall, 'getPeer'>;

const parsedTarget = remembered(parseTarget);
const parsedPeer = remembered(parsePeer);

/** Before the start `getPeer` is the channel's target, which an interceptor is not told otherwise. */
export function targetOf(call: NextCall): Address | undefined {
  try {
    return parsedTarget(call.getPeer());
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
