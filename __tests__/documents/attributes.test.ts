import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as semconv from '../../lib/conventions/semconv.js';
import { ROOT } from '../../tools/places.js';
import { codes, tableRows } from '../helpers/readme.js';

const PAGE = readFileSync(join(ROOT, 'docs/attributes.md'), 'utf8');

/** The names that the code has, of constants of these kinds. */
function known(kind: RegExp): readonly string[] {
  return Object.entries(semconv)
    .filter(([constant]) => kind.test(constant))
    .map(([, name]) => (typeof name === 'string' ? name : name('<key>')));
}

it('the page explains every name there is, and no other', () => {
  const explained = [...PAGE.matchAll(/^### `(.+)`$/gm)].map(([, name]) => name);
  expect(explained.toSorted()).toEqual(known(/^(ATTR|EVENT|METRIC)_/).toSorted());
});

describe('the tables say what the code has, and nothing else', () => {
  it('attributes of spans and events', () => {
    const spanRows = tableRows('What a span holds', PAGE);
    const named = new Set(spanRows.flatMap(([name, attributes]) => [...codes(name), ...codes(attributes)]));
    const names = known(/^(ATTR|EVENT)_/);
    expect(names.filter((name) => !named.has(name))).toEqual([]);
    const rows = spanRows.map(([name]) => codes(name)[0]);
    expect(rows.filter((name) => !names.includes(String(name)))).toEqual([]);
  });

  it('metrics', () => {
    const rows = tableRows('Metrics', PAGE).map(([name]) => codes(name)[0]);
    expect(rows.toSorted()).toEqual(known(/^METRIC_/).toSorted());
  });
});
