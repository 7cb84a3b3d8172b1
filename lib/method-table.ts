import { createRpcInfo, type RpcInfo, type RpcSide } from './rpc-info.js';

/** Far above what one process calls or serves. A proxy with made-up paths must not fill the memory. */
const CAPACITY = 4096;

/** What an interceptor is handed about a method: grpc-js makes it afresh for every call. */
export interface MethodDefinition {
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
}

/** One frozen `RpcInfo` per method, made at its first call. */
export class MethodTable {
  private readonly rpcs = new Map<string, RpcInfo>();

  constructor(private readonly side: RpcSide) {}

  get(definition: MethodDefinition): RpcInfo {
    const known = this.rpcs.get(definition.path);
    // A generic client may call one path in two shapes.
    if (known?.requestStream === definition.requestStream && known.responseStream === definition.responseStream) {
      return known;
    }
    const rpc = createRpcInfo(this.side, definition);
    if (this.rpcs.size >= CAPACITY) this.rpcs.clear();
    this.rpcs.set(definition.path, rpc);
    return rpc;
  }
}
