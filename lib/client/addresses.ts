import type { InterceptingCall } from '@grpc/grpc-js';
import { report } from '../diagnostics/report.js';
import { remembered } from '../rpc/remembered.js';
import { parsePeer, parseTarget, type Address, type Target } from '../rpc/target.js';
import { connectTargetOf, type BaseChannel, type BaseClientCall } from './base-call.js';

type NextCall = Pick<InterceptingCall, 'getPeer'>;

const parsedTarget = remembered(parseTarget);
const parsedPeer = remembered(parsePeer);

/** Of channels: each is for one target, and makes its text anew whenever it is asked. */
const targets = new WeakMap<BaseChannel, Target>();

/**
 * The target as the application wrote it. On a channel of another make there is only what `getPeer` says, which before the
 * start is the target, too.
 */
export function targetOf(call: NextCall, base: BaseClientCall | undefined): Target | undefined {
  try {
    return base === undefined ? parsedTarget(call.getPeer()) : (targets.get(base.channel) ?? learned(base.channel));
  } catch (error) {
    report('the target could not be read', error);
    return undefined;
  }
}

function learned(channel: BaseChannel): Target {
  const target = parsedTarget(connectTargetOf(channel) ?? channel.getTarget());
  targets.set(channel, target);
  return target;
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
