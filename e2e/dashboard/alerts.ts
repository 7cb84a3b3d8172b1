import { deepStrictEqual } from 'node:assert/strict';
import { jobsOf, type Service } from './jobs.js';
import type { PrometheusApi, Rule } from './prometheus-api.js';

/** For whom each rule holds. */
const EXPECTED: ReadonlyMap<string, Service> = new Map([
  ['GrpcServerErrors', 'troubled'],
  ['GrpcClientErrors', 'troubled'],
  ['GrpcServerSlow', 'troubled'],
  ['GrpcClientSlow', 'troubled'],
  ['GrpcServerCallsDoNotEnd', 'troubled'],
  ['GrpcClientCallsDoNotEnd', 'troubled'],
  ['GrpcServerNoCalls', 'quiet'],
]);

/**
 * Holds what Prometheus made of the rules against what the services are like. Nothing fires within seconds: what holds is
 * pending. When it fires is for `promtool test rules`. @returns the rules, and for whom each holds
 *
 * @throws where a rule is an error, holds for nobody or for whom it should not
 */
export async function checkAlerts(api: PrometheusApi): Promise<ReadonlyMap<string, Service>> {
  const rules = await api.rules();
  const told = rules.map(({ name, health, lastError, alerts }) => ({ name, health, lastError, jobs: jobsIn(alerts) }));
  const expected = Array.from(EXPECTED, ([name, service]) => {
    return { name, health: 'ok', lastError: undefined, jobs: [...jobsOf(service)] };
  });
  deepStrictEqual(told, expected);
  return EXPECTED;
}

/** A rule may hold for several methods of a job. */
function jobsIn(alerts: Rule['alerts']): readonly (string | undefined)[] {
  return [...new Set(alerts.map(({ labels }) => labels['job']))].sort();
}
