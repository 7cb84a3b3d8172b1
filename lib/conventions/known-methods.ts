import type { RpcInfo, RpcSide } from '../rpc/rpc-info.js';
import { RPC_METHOD_VALUE_OTHER } from './semconv.js';

/** More than one process calls or serves, and few enough for a metric to have a series for each. */
const MOST = 256;

/**
 * The methods that a metric names. A client may call paths that its own callers have made up, and each would be a series for
 * ever: beyond those that are named by an option, or else the first that are met, a metric says `_OTHER`, as the conventions
 * have it. A span keeps the name, which is what a call is found by.
 */
export class KnownMethods {
  private readonly known = new Map<string, RpcInfo>();
  private readonly named: ReadonlySet<string> | undefined;
  private readonly other: RpcInfo;

  /** @param names - full ones, `pkg.Service/Method`, a slash before them or not */
  constructor(side: RpcSide, names: readonly string[] | undefined) {
    this.named = names && new Set(names.map((name) => name.replace(/^\//, '')));
    this.other = Object.freeze({
      side,
      service: '',
      method: RPC_METHOD_VALUE_OTHER,
      fullMethod: RPC_METHOD_VALUE_OTHER,
      requestStream: false,
      responseStream: false,
    });
  }

  /** As what a method is measured: itself, one object for each, or the other. */
  measuredAs(rpc: RpcInfo): RpcInfo {
    const { fullMethod } = rpc;
    const known = this.known.get(fullMethod);
    if (known !== undefined) return known;
    if (!(this.named?.has(fullMethod) ?? this.known.size < MOST)) return this.other;
    this.known.set(fullMethod, rpc);
    return rpc;
  }
}
