import type { Attributes } from '@opentelemetry/api';
import { addServer, type Convention } from './attributes.js';
import { isConstant, type RpcFilter } from './filters.js';
import { createRpcInfo, type RpcInfo, type RpcSide } from './rpc-info.js';
import type { Address } from './target.js';

/** Far above what one process calls or serves. A proxy with made-up paths must not fill the memory. */
const CAPACITY = 4096;

/** What an interceptor is handed about a method: grpc-js makes it afresh for every call. */
export interface MethodDefinition {
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
}

/** What an interceptor knows of a method. */
export class Method {
  private readonly attributes: Readonly<Attributes>;
  private readonly attributesWithServer = new WeakMap<Address, Readonly<Attributes>>();

  constructor(
    /** One frozen object per method. */
    readonly rpc: RpcInfo,
    conventions: readonly Convention[],
    readonly isWanted: () => boolean,
  ) {
    const attributes: Attributes = {};
    for (const convention of conventions) convention.addMethod(attributes, rpc);
    this.attributes = attributes;
  }

  /** What a span starts with, to be added to: a copy of what is kept for each server, which is cheaper than to build it. */
  startAttributes(server: Address | undefined): Attributes {
    if (server === undefined) return { ...this.attributes };
    let attributes = this.attributesWithServer.get(server);
    if (attributes === undefined) {
      const added = { ...this.attributes };
      addServer(added, server);
      this.attributesWithServer.set(server, added);
      attributes = added;
    }
    return { ...attributes };
  }
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
    if (!isConstant(this.filter)) return new Method(rpc, this.conventions, () => this.filter(rpc));
    const wanted = this.filter(rpc);
    return new Method(rpc, this.conventions, () => wanted);
  }
}
