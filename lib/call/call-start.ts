import type { Metadata } from '@grpc/grpc-js';
import type { Attributes, Context, Link } from '@opentelemetry/api';
import type { Method } from '../conventions/method-table.js';
import type { Address } from '../rpc/target.js';

/** What is known when a call starts. */
export interface CallStart {
  readonly method: Method;
  readonly metadata: Metadata;
  readonly parent: Context;
  /** When the caller stops waiting, infinite for never; undefined where that is not known, and where nobody may ask. */
  readonly deadline: Date | number | undefined;
  /** What the span is to start with. The span adds to it. */
  readonly attributes: Attributes;
  /** The server that a client calls, for its metrics. */
  readonly server?: Address | undefined;
  /** The span starts a new trace, linked to these, although the parent context may have one. */
  readonly links?: Link[];
}
