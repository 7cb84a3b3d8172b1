import type { Attributes } from '@opentelemetry/api';
import type { RpcInfo } from '../rpc/rpc-info.js';
import { isDefinedCode } from '../rpc/status.js';
import type { Address } from '../rpc/target.js';
import { addServer, type Convention } from './attributes.js';

/** Of one method at one server. */
interface MethodSeries {
  /** Of a call that goes on. */
  readonly started: Attributes;
  /** By code, and whether that is a failure. */
  readonly ended: Map<number, Attributes>;
}

/** In place of a server, where a metric does not say which. */
const NO_SERVER: Address = { address: '' };

/**
 * The attributes of a metric: one object for each of its series, made once, since a meter looks the series up at every call
 * and hashes what it is handed. Frozen, for it is handed out again and again.
 */
export class Series {
  private readonly kept = new WeakMap<Address, Map<RpcInfo, MethodSeries>>();

  constructor(private readonly conventions: readonly Convention[]) {}

  /** @param server - that a client calls; undefined where it is not known, and on a server */
  started(rpc: RpcInfo, server: Address | undefined): Attributes {
    return this.of(rpc, server).started;
  }

  ended(rpc: RpcInfo, server: Address | undefined, code: number, failed: boolean): Attributes {
    // A peer may make up as many codes as it likes; a negative one would be the key of another.
    if (!isDefinedCode(code)) return this.makeEnded(rpc, server, code, failed);
    const { ended } = this.of(rpc, server);
    const key = failed ? code : ~code;
    let attributes = ended.get(key);
    if (attributes === undefined)
      ended.set(key, (attributes = Object.freeze(this.makeEnded(rpc, server, code, failed))));
    return attributes;
  }

  private of(rpc: RpcInfo, server: Address | undefined): MethodSeries {
    const key = server ?? NO_SERVER;
    let methods = this.kept.get(key);
    if (methods === undefined) this.kept.set(key, (methods = new Map<RpcInfo, MethodSeries>()));
    let series = methods.get(rpc);
    if (series === undefined)
      methods.set(rpc, (series = { started: Object.freeze(this.make(rpc, server)), ended: new Map() }));
    return series;
  }

  private makeEnded(rpc: RpcInfo, server: Address | undefined, code: number, failed: boolean): Attributes {
    return this.make(rpc, server, (convention, made) => convention.addOutcome(made, code, failed));
  }

  private make(
    rpc: RpcInfo,
    server: Address | undefined,
    addOutcome: (convention: Convention, attributes: Attributes) => void = () => undefined,
  ): Attributes {
    const attributes: Attributes = {};
    for (const convention of this.conventions) {
      convention.addMethod(attributes, rpc);
      addOutcome(convention, attributes);
    }
    // A server would have a series for each name that it is called by.
    if (rpc.side === 'client' && server !== undefined) addServer(attributes, server);
    return attributes;
  }
}
