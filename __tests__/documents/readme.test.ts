import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OPTION_RULES } from '../../lib/options/rules.js';
import { ROOT } from '../../tools/places.js';
import { Program } from '../../tools/program.js';
import { applied } from '../helpers/diffs.js';
import { codes, README, snippetsOf, tableRows } from '../helpers/readme.js';
import { regionsBelow } from '../helpers/regions.js';
import { scratchFolder } from '../helpers/scratch.js';
import { SnippetFiles } from '../helpers/snippets.js';
import { typeErrors } from '../helpers/type-errors.js';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const [DIFF = '', ...OTHER_DIFFS] = snippetsOf(README, 'diff');
const [TELEMETRY = '', TEST = '', ...OTHER_SNIPPETS] = snippetsOf(README, 'ts');

it('is short, and has code in its first 30 lines', () => {
  expect(README.split('\n').length).toBeLessThanOrEqual(161);
  expect(README.split('\n').slice(0, 30).join('\n')).toContain('```diff\n');
});

it('has no program that is not tested here', () => {
  expect([...OTHER_DIFFS, ...OTHER_SNIPPETS]).toEqual([]);
  expect(README.match(/^```(?!sh$).+$/gm)).toEqual(['```diff', '```ts', '```ts']);
});

it('the badges say what package.json says', () => {
  const { license, engines, dependencies, types } = JSON.parse(read('package.json')) as {
    readonly license: string;
    readonly engines: { readonly node: string };
    readonly dependencies?: object;
    readonly types?: string;
  };
  const badges = [...README.matchAll(/!\[([^\]]+)\]\(https:\/\/img\.shields\.io\/badge\/([^)]+)\)/g)];
  const node = engines.node.replace('>=', '≥ ');
  const told = [
    `licence ${license}`,
    `Node ${node}`,
    `types ${types === undefined ? 'not included' : 'included'}`,
    `dependencies ${Object.keys(dependencies ?? {}).length}`,
  ];
  expect(badges.map(([, text]) => text)).toEqual(told);
  // Label, message and colour, parted by single hyphens.
  const shown = badges.map(([, , path = '']) =>
    decodeURIComponent(path)
      .split(/(?<!-)-(?!-)/)
      .slice(0, 2)
      .join(' '),
  );
  expect(shown.map((text) => text.replaceAll('--', '-').toLowerCase())).toEqual(told.map((text) => text.toLowerCase()));
});

describe('the lines to add to a program', () => {
  const SDK = [
    "import { ConsoleSpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';",
    'new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new ConsoleSpanExporter())] }).register();',
  ].join('\n');
  const UNTRACED = read('__tests__/helpers/untraced-greeter.ts');
  let snippets: SnippetFiles;

  beforeAll(async () => {
    snippets = await SnippetFiles.write([UNTRACED, applied(DIFF, UNTRACED)].map((program) => `${SDK}\n${program}`));
  });

  afterAll(() => snippets.remove());

  it('are two of a server and two of a client, the import being of both', () => {
    expect(DIFF.match(/^\+.+$/gm)).toHaveLength(3);
  });

  it('compile, strictly, as a consumer would compile them', () => {
    expect(typeErrors(snippets.files)).toEqual([]);
  });

  it('make its call two linked spans', async () => {
    expect(await snippets.run(0)).toEqual({ stdout: 'Hello world\n', stderr: '' });
    const { stdout, stderr } = await snippets.run(1);
    expect(stderr).toBe('');
    expect(stdout).toContain('Hello world');
    expect(stdout.match(/name: 'helloworld.Greeter\/SayHello'/g)).toHaveLength(2);
    expect(stdout.match(/parentSpanContext: (undefined|\{)/g)?.toSorted()).toEqual([
      'parentSpanContext: undefined',
      'parentSpanContext: {',
    ]);
    expect(new Set(stdout.match(/traceId: '[0-9a-f]{32}'/g)).size).toBe(1);
  });

  it.each([
    ['-gone();\n+new();', '0 times in the program: gone();'],
    ['-twice();\n+new();', '2 times in the program: twice();'],
  ])('that do not fit are found: %j', (diff, message) => {
    expect(() => applied(diff, 'twice();\ntwice();')).toThrow(message);
  });
});

it('the lines that send the spans are those that npm run field runs, with SDK 2 and with SDK 3', () => {
  const regions = regionsBelow('e2e/field/programs').filter(({ title }) => title === "OpenTelemetry's NodeSDK");
  expect(regions.map(({ code }) => code)).toEqual([TELEMETRY]);
});

describe('the test', () => {
  let directory: string;
  const inside = (name: string): string => join(directory, name);

  beforeAll(async () => {
    directory = await scratchFolder();
    const [greeter = ''] = snippetsOf(read('docs/testing.md'), 'ts');
    await writeFile(inside('greeter.ts'), greeter);
    await writeFile(inside('greeter.test.ts'), TEST);
    await writeFile(inside('greeter.wrong.test.ts'), TEST.replace("code: 'OK'", "code: 'ABORTED'"));
  });

  afterAll(() => rm(directory, { recursive: true }));

  /** Without what the runner of this very test sets. */
  const run = (name: string) =>
    new Program(process.execPath, ['--import', 'tsx', '--test-reporter=tap', inside(name)], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'] },
    }).ended;

  it('compiles, strictly, as a consumer would compile it', () => {
    expect(typeErrors([inside('greeter.ts'), inside('greeter.test.ts')])).toEqual([]);
  });

  it('passes, and fails where the call ends otherwise', async () => {
    const right = await run('greeter.test.ts');
    expect(right.stdout).toContain('# pass 1');
    expect(right.code).toBe(0);
    const wrong = await run('greeter.wrong.test.ts');
    expect(wrong.stdout.join('\n')).toContain("code is 'OK', not 'ABORTED'");
    expect(wrong.code).toBe(1);
  });
});

it('the six options are options', () => {
  const rows = tableRows('Options').map(([name]) => codes(name)[0]);
  expect(rows).toHaveLength(6);
  expect(rows.filter((name) => !Object.keys(OPTION_RULES).includes(String(name)))).toEqual([]);
});
