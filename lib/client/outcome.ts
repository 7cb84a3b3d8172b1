import { status, type StatusObject } from '@grpc/grpc-js';
import type { RpcInfo } from '../rpc/rpc-info.js';
import type { CallOutcome } from '../rpc/status.js';

/**
 * What the caller gets: grpc-js turns an OK without a message into an error of its own, above all interceptors.
 *
 * @param callStatus - what the interceptor is told
 * @param gotMessage - whether a response message came before it
 */
export function clientOutcome(callStatus: StatusObject, rpc: RpcInfo, gotMessage: boolean): CallOutcome {
  return callStatus.code === status.OK && !rpc.responseStream && !gotMessage
    ? { code: status.UNIMPLEMENTED, details: 'No message received' }
    : callStatus;
}
