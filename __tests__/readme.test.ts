import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { OPTION_RULES } from '../lib/option-rules.js';
import * as semconv from '../lib/semconv.js';
import { codes, README, ROOT, SNIPPETS, tableRows } from './helpers/readme.js';
import { typeErrors } from './helpers/type-errors.js';

const run = promisify(execFile);

describe('the snippets', () => {
  let directory: string;
  let files: string[];

  beforeAll(async () => {
    // Inside the repository, where the package's own name and the peers resolve.
    directory = await mkdtemp(join(ROOT, 'examples/readme-'));
    files = await Promise.all(
      SNIPPETS.map(async (code, index) => {
        const file = join(directory, `snippet-${index}.ts`);
        // A snippet without a top-level import would share its names with the others.
        await writeFile(file, `${code}\nexport {};\n`);
        return file;
      }),
    );
  });

  afterAll(() => rm(directory, { recursive: true }));

  it('stand within the first 30 lines', () => {
    expect(README.split('\n').slice(0, 30).join('\n')).toContain('```ts\n');
    expect(SNIPPETS.length).toBeGreaterThanOrEqual(6);
  });

  it('compile, strictly, as a consumer would compile them', () => {
    expect(typeErrors(files)).toEqual([]);
  }, 60_000);

  it.each(SNIPPETS.map((code, index) => [index, code.split('\n')[0]]))(
    'run: number %i, %s',
    async (index) => {
      const { stderr } = await run(process.execPath, [require.resolve('tsx/cli'), String(files[index])], { cwd: ROOT });
      expect(stderr).toBe('');
    },
    60_000,
  );

  it('begin with a program that greets and prints two linked spans', async () => {
    const { stdout } = await run(process.execPath, [require.resolve('tsx/cli'), String(files[0])], { cwd: ROOT });
    expect(stdout).toContain('Hello world');
    const traceIds = [...stdout.matchAll(/traceId: '([0-9a-f]{32})',\n {2}(?:parent|traceState|name|id)/g)].map(
      ([, id]) => id,
    );
    expect(stdout.match(/name: 'helloworld.Greeter\/SayHello'/g)).toHaveLength(2);
    expect(new Set(traceIds).size).toBe(1);
  }, 60_000);
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
