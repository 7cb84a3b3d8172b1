import { status } from '@grpc/grpc-js';
import type { RpcInfo } from '../rpc/rpc-info.js';
import { knownCode, type CallOutcome } from '../rpc/status.js';
import { noMessage } from './no-message.js';

/** Interceptors are told numbers, which a peer may have made up. */
const OK: number = status.OK;

/**
 * What the caller gets.
 *
 * @param callStatus - what the interceptor is told
 * @param gotMessage - whether a response message came before it
 * @param userInfo - of the target, which grpc-js names in its errors
 */
export function clientOutcome(
  callStatus: CallOutcome,
  rpc: RpcInfo,
  gotMessage: boolean,
  userInfo: string | undefined,
): CallOutcome {
  if (callStatus.code === OK && !rpc.responseStream && !gotMessage) return noMessage();
  return presentable(callStatus, userInfo);
}

/** An outcome as it may be told: with a code that is a number, and without the user of the target, whom errors may name. */
export function presentable(outcome: CallOutcome, userInfo: string | undefined): CallOutcome {
  const code = knownCode(outcome.code);
  // An interceptor in plain JavaScript may have left them out.
  const details: unknown = outcome.details;
  if (userInfo !== undefined && typeof details === 'string')
    return { code, details: details.replaceAll(`${userInfo}@`, '') };
  return code === outcome.code ? outcome : { code, details: outcome.details };
}
