import * as semconv from '../../lib/conventions/semconv.js';
import { OPTION_RULES } from '../../lib/options/rules.js';
import { codes, README, SNIPPETS, tableRows } from '../helpers/readme.js';
import { SnippetFiles } from '../helpers/snippets.js';
import { typeErrors } from '../helpers/type-errors.js';

describe('the snippets', () => {
  let snippets: SnippetFiles;

  beforeAll(async () => {
    snippets = await SnippetFiles.write(SNIPPETS);
  });

  afterAll(() => snippets.remove());

  it('stand within the first 30 lines', () => {
    expect(README.split('\n').slice(0, 30).join('\n')).toContain('```ts\n');
    expect(SNIPPETS.length).toBeGreaterThanOrEqual(6);
  });

  it('compile, strictly, as a consumer would compile them', () => {
    expect(typeErrors(snippets.files)).toEqual([]);
  });

  it.each(SNIPPETS.map((code, index) => [index, code.split('\n')[0]]))(
    'run: number %i, %s',
    async (index) => {
      const { stderr } = await snippets.run(index);
      expect(stderr).toBe('');
    },
    60_000,
  );

  it('begin with a program that greets and prints two linked spans', async () => {
    const { stdout } = await snippets.run(0);
    expect(stdout).toContain('Hello world');
    const traceIds = [...stdout.matchAll(/traceId: '([0-9a-f]{32})',\n {2}(?:parent|traceState|name|id)/g)].map(
      ([, id]) => id,
    );
    expect(stdout.match(/name: 'helloworld.Greeter\/SayHello'/g)).toHaveLength(2);
    expect(new Set(traceIds).size).toBe(1);
  });
});

describe('the tables say what the code has, and nothing else', () => {
  it('options', () => {
    const rows = tableRows('Options').map(([name]) => codes(name)[0]);
    expect(rows.toSorted()).toEqual(Object.keys(OPTION_RULES).toSorted());
  });

  it('attributes of spans and events', () => {
    const spanRows = tableRows('What a span holds');
    const named = new Set(spanRows.flatMap(([name, attributes]) => [...codes(name), ...codes(attributes)]));
    const known = Object.entries(semconv)
      .filter(([constant]) => constant.startsWith('ATTR_') || constant.startsWith('EVENT_'))
      .map(([, name]) => (typeof name === 'string' ? name : name('<key>')));
    expect(known.filter((name) => !named.has(name))).toEqual([]);
    const rows = spanRows.map(([name]) => codes(name)[0]);
    expect(rows.filter((name) => !known.includes(String(name)))).toEqual([]);
  });

  it('metrics and their attributes', () => {
    const known = Object.entries(semconv)
      .filter(([constant]) => constant.startsWith('METRIC_'))
      .map(([, name]) => name);
    expect(
      tableRows('Metrics')
        .map(([name]) => codes(name)[0])
        .toSorted(),
    ).toEqual(known.toSorted());
  });
});
