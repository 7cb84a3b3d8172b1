import type { Metadata } from '@grpc/grpc-js';
import type { Attributes, Context, Link } from '@opentelemetry/api';
import type { Observers } from './observers.js';
import type { RpcInfo } from './rpc-info.js';
import type { Address } from './target.js';

/** How a call ended: what the client got. */
export interface CallOutcome {
  /** 0 to 16 by gRPC's list; a peer may send others. */
  readonly code: number;
  /** The status message that came with the code; empty where there was none. */
  readonly details: string;
}

/** What is known when a call starts. */
export interface CallStart {
  readonly rpc: RpcInfo;
  readonly observers: Observers;
  readonly metadata: Metadata;
  readonly parent: Context;
  /** What the span is to start with. The span adds to it. */
  readonly attributes: Attributes;
  /** The server that a client calls, for its metrics. */
  readonly server?: Address | undefined;
  /** The span starts a new trace, linked to these, although the parent context may have one. */
  readonly links?: Link[];
}

/** What is known only when a call is over. */
export interface CallEnd {
  /** What the span is to end with besides the outcome. The span adds to it. */
  readonly attributes?: Attributes | undefined;
  readonly trailer?: Metadata | null | undefined;
  /** When the call was over, as `performance.now()` had it. Default: now. */
  readonly endTime?: number | undefined;
}
