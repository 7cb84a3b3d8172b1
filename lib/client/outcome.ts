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
  const code = knownCode(callStatus.code);
  if (userInfo !== undefined) return { code, details: callStatus.details.replaceAll(`${userInfo}@`, '') };
  return code === callStatus.code ? callStatus : { code, details: callStatus.details };
}
