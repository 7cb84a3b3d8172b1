import type { Exchange } from './program/exchange.js';
import type { Tracing } from './run.js';

/** A row of the table: one environment, ready to run the program. */
export interface Row {
  readonly name: string;
  run(tracing: Tracing): Promise<Exchange>;
}
