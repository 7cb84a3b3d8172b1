import type { Attributes } from '@opentelemetry/api';
import type { Convention } from './attributes.js';
import { isConstant, type RpcFilter } from './filters.js';
import { createRpcInfo, type RpcInfo, type RpcSide } from './rpc-info.js';

/** Far above what one process calls or serves. A proxy with made-up paths must not fill the memory. */
const CAPACITY = 4096;

/** What an interceptor is handed about a method: grpc-js makes it afresh for every call. */
export interface MethodDefinition {
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
}

/** What an interceptor knows of a method. */
export interface Method {
  /** One frozen object per method. */
  readonly rpc: RpcInfo;
  /** What every span of the method starts with. */
  readonly attributes: Readonly<Attributes>;
  readonly isWanted: () => boolean;
}

/** What was found out about each method at its first call. */
export class MethodTable {
  private readonly methods = new Map<string, Method>();

  constructor(
    private readonly side: RpcSide,
    private readonly filter: RpcFilter,
    private readonly conventions: readonly Convention[],
  ) {}

  get(definition: MethodDefinition): Method {
    const known = this.methods.get(definition.path);
    // A generic client may call one path in two shapes.
    if (
      known?.rpc.requestStream === definition.requestStream &&
      known.rpc.responseStream === definition.responseStream
    ) {
      return known;
    }
    const method = this.meet(createRpcInfo(this.side, definition));
    if (this.methods.size >= CAPACITY) this.methods.clear();
    this.methods.set(definition.path, method);
    return method;
  }

  private meet(rpc: RpcInfo): Method {
    const attributes: Attributes = {};
    for (const convention of this.conventions) convention.addMethod(attributes, rpc);
    if (!isConstant(this.filter)) return { rpc, attributes, isWanted: () => this.filter(rpc) };
    const wanted = this.filter(rpc);
    return { rpc, attributes, isWanted: () => wanted };
  }
}
