import { choicesOf } from '../../../e2e/dashboard/choices.js';
import type { Dashboard, Variable } from '../../../e2e/dashboard/dashboard.js';

const variable = (name: string, query: string): Variable => ({ type: 'query', name, query: { query }, allValue: '.*' });

const DASHBOARD: Dashboard = {
  templating: {
    list: [
      { type: 'datasource', name: 'datasource' },
      variable('job', 'label_values({a="b", c="d"}, job)'),
      variable('method', 'label_values({job=~"$job"}, rpc_method)'),
    ],
  },
  panels: [],
};

it('a variable is asked for with what is chosen for those before it', async () => {
  const asked: string[] = [];
  const api = {
    labelValues: (selector: string, label: string) => {
      asked.push(`${label} of ${selector}`);
      return Promise.resolve(['shop', 'web']);
    },
  };
  expect(await choicesOf(DASHBOARD, api, { job: 'web' })).toEqual(
    new Map<string, unknown>([
      ['__rate_interval', { pattern: '4s' }],
      ['job', { values: ['web'] }],
      ['method', { pattern: '.*' }],
    ]),
  );
  expect(asked).toEqual(['job of {a="b", c="d"}', 'rpc_method of {job=~"web"}']);
});

it.each([
  [[], {}, '$job has no values'],
  [['shop'], { job: 'web' }, '$job is never web'],
])('of the values %j with %j: %s', async (values, chosen, message) => {
  await expect(choicesOf(DASHBOARD, { labelValues: () => Promise.resolve(values) }, chosen)).rejects.toThrow(message);
});

it('another kind of query is refused', async () => {
  const dashboard = { ...DASHBOARD, templating: { list: [variable('job', 'label_names()')] } };
  const api = { labelValues: () => Promise.resolve(['shop']) };
  await expect(choicesOf(dashboard, api, {})).rejects.toThrow('$job is asked for by label_names()');
});
