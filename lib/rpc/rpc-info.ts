/** Which end of the call this process is. */
export type RpcSide = 'client' | 'server';

/**
 * The method that a call is of, as filters, hooks and attribute functions get it. Frozen, and one object for all calls
 * of a method.
 */
export interface RpcInfo {
  /** Which end of the call this process is. */
  readonly side: RpcSide;
  /** The service with its package: `helloworld.Greeter`. Empty where the path names none. */
  readonly service: string;
  /** The method without its service: `SayHello`. */
  readonly method: string;
  /** `helloworld.Greeter/SayHello`: the path without its leading slash, which is also the span's name. */
  readonly fullMethod: string;
  /** Whether the client sends a stream of messages. */
  readonly requestStream: boolean;
  /** Whether the server answers with a stream of messages. */
  readonly responseStream: boolean;
}

/**
 * Describes a method. The path is `/service/method`; the last slash divides, as in grpc-go, and a path without one is all
 * method. Never throws: a server takes paths as the network sends them.
 */
export function createRpcInfo(
  side: RpcSide,
  definition: { readonly path: string; readonly requestStream: boolean; readonly responseStream: boolean },
): RpcInfo {
  const { path, requestStream, responseStream } = definition;
  const fullMethod = path.startsWith('/') ? path.slice(1) : path;
  const slash = fullMethod.lastIndexOf('/');
  return Object.freeze({
    side,
    service: slash === -1 ? '' : fullMethod.slice(0, slash),
    method: fullMethod.slice(slash + 1),
    fullMethod,
    requestStream,
    responseStream,
  });
}
