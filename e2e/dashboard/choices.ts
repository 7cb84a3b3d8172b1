import type { Dashboard, QueryVariable } from './dashboard.js';
import { interpolate, type Choice, type Choices } from './interpolate.js';
import type { PrometheusApi } from './prometheus-api.js';
import { SCRAPE_SECONDS } from './trial.js';

/**
 * What Grafana would put in for each variable of the dashboard.
 *
 * @param chosen - values, by variable; all where there is none
 * @throws for a variable that has no values, and for a value that is not among them
 */
export async function choicesOf(
  { templating }: Dashboard,
  api: Pick<PrometheusApi, 'labelValues'>,
  chosen: Readonly<Record<string, string>>,
): Promise<Choices> {
  // Over so short a time Grafana's interval between points is that of the scrapes, and this is four of them.
  const choices = new Map<string, Choice>([['__rate_interval', { pattern: `${4 * SCRAPE_SECONDS}s` }]]);
  for (const variable of templating.list) {
    if (variable.type === 'datasource') continue;
    const values = await valuesOf(variable, api, choices);
    const value = chosen[variable.name];
    if (values.length === 0) throw new Error(`$${variable.name} has no values`);
    if (value !== undefined && !values.includes(value)) throw new Error(`$${variable.name} is never ${value}`);
    choices.set(variable.name, value === undefined ? { pattern: variable.allValue } : { values: [value] });
  }
  return choices;
}

const LABEL_VALUES = /^label_values\((.+), (\w+)\)$/;

async function valuesOf(
  { name, query }: QueryVariable,
  api: Pick<PrometheusApi, 'labelValues'>,
  choices: Choices,
): Promise<readonly string[]> {
  const [, selector, label] = LABEL_VALUES.exec(query.query) ?? [];
  if (selector === undefined || label === undefined) throw new Error(`$${name} is asked for by ${query.query}`);
  return api.labelValues(interpolate(selector, choices), label);
}
