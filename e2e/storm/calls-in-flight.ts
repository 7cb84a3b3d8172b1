import type { WatchedCounters } from '../../tools/watched-counters.js';

const COUNTERS = ['rpc.client.active_requests', 'rpc.server.active_requests'];

/** What a counter has come to, of all its series. */
export interface CallsInFlight {
  readonly counter: string;
  readonly series: number;
  /** In any one of them, at any time. */
  readonly most: number;
  readonly least: number;
  /** In all of them, above or below 0. */
  readonly now: number;
}

/** Of each side. */
export function callsInFlight({ series }: WatchedCounters): readonly CallsInFlight[] {
  return COUNTERS.map((counter) => {
    const own = series.filter((each) => each.counter === counter);
    return {
      counter,
      series: own.length,
      most: Math.max(0, ...own.map(({ most }) => most)),
      least: Math.min(0, ...own.map(({ least }) => least)),
      now: own.reduce((total, { now }) => total + Math.abs(now), 0),
    };
  });
}
