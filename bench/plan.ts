import type { Load } from './load.js';
import type { Sampling } from './sampling.js';
import type { VariantName } from './variant-names.js';

/** What one process measures. */
export interface Plan {
  readonly sampling: Sampling;
  readonly load: Load;
  readonly inFlight: number;
  readonly callsPerRound: number;
  readonly rounds: number;
}

/** What a variant adds to another one. */
export interface Over {
  readonly base: VariantName;
  /** The median over the rounds of the difference within the round. */
  readonly micros: number;
  /** Half the distance between the quartiles. */
  readonly spreadMicros: number;
}

/** One variant's figures. CPU is of the whole process, client and server, per call. */
export interface Timings {
  readonly name: VariantName;
  readonly cpuMicros: number;
  readonly over: Over;
  readonly onTop?: Over;
  readonly callsPerSecond: number;
  readonly p50Millis: number;
  readonly p99Millis: number;
}

export interface Allocation {
  readonly name: VariantName;
  /** Of JavaScript objects; undefined where each call is interrupted by a collection. */
  readonly bytesPerCall: number | undefined;
}

/** What is known of a variant after one run: both processes of it. */
export interface Figures extends Timings {
  readonly bytesPerCall: number | undefined;
  readonly overBytes: number | undefined;
}

export interface Run extends Plan {
  /** The version of Node. */
  readonly node: string;
  readonly figures: readonly Figures[];
}
