import type { Attributes } from '@opentelemetry/api';
import { isConstant, type RpcFilter } from '../rpc/rpc-filter.js';
import { createRpcInfo, type RpcInfo, type RpcSide } from '../rpc/rpc-info.js';
import type { Address } from '../rpc/target.js';
import { addPeer, addServer, type Convention } from './attributes.js';
import type { KnownMethods } from './known-methods.js';

/** Far above what one process calls or serves. A proxy with made-up paths must not fill the memory. */
const CAPACITY = 4096;

/** What an interceptor is handed about a method: grpc-js makes it afresh for every call. */
export interface MethodDefinition {
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
}

/** What a method's spans start with at one server. */
interface KeptAttributes {
  readonly alone: Readonly<Attributes>;
  /** With room for a peer: to write over a key costs a copy nothing, to add one costs more than the copy. */
  readonly withPeer: Readonly<Attributes>;
}

/** What an interceptor knows of a method. */
export class Method {
  /** By the server; where that is not known, by the method itself. */
  private readonly kept = new WeakMap<Address | RpcInfo, KeptAttributes>();
  private measured: RpcInfo | undefined;

  constructor(
    /** One frozen object per method. */
    readonly rpc: RpcInfo,
    private readonly conventions: readonly Convention[],
    private readonly known: KnownMethods,
    readonly isWanted: () => boolean,
  ) {}

  /** As what its calls are measured. Asked at the first that is, so that others take no place. */
  get measuredAs(): RpcInfo {
    return (this.measured ??= this.known.measuredAs(this.rpc));
  }

  /** What a span starts with, to be added to: a copy of what is kept for each server, which is cheaper than to build it. */
  startAttributes(server: Address | undefined, peer?: Address): Attributes {
    const { alone, withPeer } = this.kept.get(server ?? this.rpc) ?? this.keep(server);
    const attributes = { ...(peer?.port === undefined ? alone : withPeer) };
    if (peer !== undefined) addPeer(attributes, peer);
    return attributes;
  }

  private keep(server: Address | undefined): KeptAttributes {
    const alone: Attributes = {};
    for (const convention of this.conventions) convention.addMethod(alone, this.rpc);
    if (server !== undefined) addServer(alone, server);
    const withPeer = { ...alone };
    addPeer(withPeer, { address: '', port: 0 });
    const kept = { alone, withPeer };
    this.kept.set(server ?? this.rpc, kept);
    return kept;
  }
}

/** What was found out about each method at its first call. */
export class MethodTable {
  private readonly methods = new Map<string, Method>();

  constructor(
    private readonly side: RpcSide,
    private readonly filter: RpcFilter,
    private readonly conventions: readonly Convention[],
    private readonly known: KnownMethods,
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
    if (!isConstant(this.filter)) return new Method(rpc, this.conventions, this.known, () => this.filter(rpc));
    const wanted = this.filter(rpc);
    return new Method(rpc, this.conventions, this.known, () => wanted);
  }
}
