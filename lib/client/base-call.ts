import type { InterceptingCall, StatusObject } from '@grpc/grpc-js';

/** Where grpc-js keeps the target that a call is for when a proxy stands between: the channel's own is the proxy then. */
const CONNECT_TARGET = 'grpc.http_connect_target';

/** What a call is made on. */
export interface BaseChannel {
  readonly options: Readonly<Record<string, unknown>>;
  readonly connectivityState: number;
  /** What the channel connects to: where a proxy stands between, that is the proxy. */
  getTarget(): string;
  watchConnectivityState(current: number, deadline: number, changed: () => void): void;
}

/** grpc-js's own call, below all interceptors. */
export interface BaseClientCall {
  readonly channel: BaseChannel;
  /** Whether it is over. A listener that comes later is told nothing. */
  readonly ended: boolean;
  /** Null until an interceptor, or whoever made the call, has started it. */
  readonly listener: object | null;
  readonly deadline: Date | number;
  /** `watcher` is told of the end, at once and whether anybody listens or not. */
  addStatusWatcher(watcher: (status: StatusObject) => void): void;
}

/** grpc-js keeps these private; the client's side reads them nowhere else. */
interface PrivateCall {
  readonly call?: unknown;
  readonly nextCall?: unknown;
}

/** More than anybody has interceptors; a stranger's call may name itself as the next. */
const MAX_DEPTH = 100;

/**
 * The call that grpc-js made on the channel, from the call that an interceptor is handed, or from itself. Undefined where
 * grpc-js has moved what it is known by, and on channels and below calls that others have made: whoever asks does without.
 */
export function baseCallOf(call: Pick<InterceptingCall, 'getPeer'>): BaseClientCall | undefined {
  // The interface does not show the private members; both are read as unknown and checked.
  let current: unknown = call;
  for (let depth = 0; depth < MAX_DEPTH && typeof current === 'object' && current !== null; depth++) {
    if (isBaseCall(current)) return current;
    const { call: below, nextCall } = current as PrivateCall;
    current = below ?? nextCall;
  }
  return undefined;
}

function isBaseCall(call: object): call is BaseClientCall {
  const { channel, ended, addStatusWatcher } = call as Partial<Record<keyof BaseClientCall, unknown>>;
  return typeof ended === 'boolean' && typeof addStatusWatcher === 'function' && isChannel(channel);
}

function isChannel(channel: unknown): channel is BaseChannel {
  if (typeof channel !== 'object' || channel === null) return false;
  const { options, connectivityState, getTarget } = channel as Partial<Record<keyof BaseChannel, unknown>>;
  return (
    typeof options === 'object' &&
    options !== null &&
    typeof connectivityState === 'number' &&
    typeof getTarget === 'function'
  );
}

/** The target behind the proxy, as the application wrote it. Undefined where there is no proxy. */
export function connectTargetOf(channel: BaseChannel): string | undefined {
  const target = channel.options[CONNECT_TARGET];
  return typeof target === 'string' ? target : undefined;
}
