import type { Caller } from './load.js';

/** Server and client of one variant, on a connection of their own. */
export interface World {
  readonly caller: Caller;
  close(): void;
}
