import type { Fixture } from './fixture.js';
import type { Exchange } from './program/service.js';
import type { Tracing } from './run.js';

/** Runs the program in an environment, with the SDK of a fixture. */
export type Run = (tracing: Tracing) => Promise<Exchange>;

/** A row of the table: one environment. */
export interface Row {
  readonly name: string;
  /** Installs, compiles or bundles what is run then. */
  readonly ready: (fixture: Fixture) => Promise<Run>;
}
