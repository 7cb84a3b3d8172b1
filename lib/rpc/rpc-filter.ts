import type { RpcInfo } from './rpc-info.js';

/**
 * Answers for a method whether its calls are to be instrumented: `true` = instrument the call.
 *
 * @category Leave calls out
 */
export type RpcFilter = (rpc: RpcInfo) => boolean;

/** The filters that say the same of a method every time, so that they need to be asked once. */
const constant = new WeakSet<RpcFilter>();

export function asConstant(filter: RpcFilter): RpcFilter {
  constant.add(filter);
  return filter;
}

/** Whether a filter is one of this package's, or made of them only. */
export function isConstant(filter: RpcFilter): boolean {
  return constant.has(filter);
}

/** The filter of whoever passes none. */
export const everyCall: RpcFilter = asConstant(() => true);
