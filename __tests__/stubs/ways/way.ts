import type * as grpc from '@grpc/grpc-js';
import type { Shape } from '../../../tools/invoke.js';

/** One call of each shape with two request messages where they stream; gives the texts that came back. */
export type Calls = Readonly<Record<Shape, () => Promise<string[]>>>;

export interface Connection {
  readonly calls: Calls;
  close(): void;
}

/** A way to come by a service definition and a client for it. */
export interface Way {
  readonly name: string;
  /** Makes a mirror of the service: it answers with what it was asked. */
  addService(server: grpc.Server): void;
  connect(address: string, options: grpc.ClientOptions): Connection;
}

export const TEXT = 'hello';
