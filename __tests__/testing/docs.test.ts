import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SpanKind } from '@opentelemetry/api';
import { assertTraced } from 'grpc-js-opentelemetry/testing';
import * as kit from 'grpc-js-opentelemetry/testing';
import { ROOT } from '../../tools/places.js';
import { codes, snippetsOf, tableRows } from '../helpers/readme.js';
import { scratchFolder } from '../helpers/scratch.js';
import { typeErrors } from '../helpers/type-errors.js';
import { called, countedTelemetry, record, SPAN_1, SPAN_2, TRACE_1 } from './kit.js';

const DOCUMENT = readFileSync(join(ROOT, 'docs/testing.md'), 'utf8');

const VITEST = {
  resolve: {
    // The first one that a name begins with counts.
    alias: {
      'grpc-js-opentelemetry/testing': join(ROOT, 'lib/testing/index.ts'),
      'grpc-js-opentelemetry': join(ROOT, 'lib/index.ts'),
    },
  },
  test: { include: ['*.test.ts'] },
};

interface Ran {
  readonly code: number;
  readonly output: string;
}

/** A command of this repository's own packages; what the runner of this very test sets is none of its business. */
function run(args: readonly string[]): Promise<Ran> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(JEST_|NODE_OPTIONS$|NODE_ENV$|OTEL_)/.test(name),
  );
  const options = { cwd: ROOT, env: { ...Object.fromEntries(inherited), NO_COLOR: '1' } };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr });
    });
  });
}

describe('the examples', () => {
  let directory: string;
  let files: string[];

  beforeAll(async () => {
    directory = await scratchFolder();
    files = await Promise.all(
      snippetsOf(DOCUMENT, 'ts').map(async (code) => {
        const file = join(directory, /^\/\/ (\S+)\n/.exec(code)?.[1] ?? 'without-a-name.ts');
        await writeFile(file, code);
        return file;
      }),
    );
    await writeFile(join(directory, 'vitest.config.mjs'), `export default ${JSON.stringify(VITEST)};\n`);
  });

  afterAll(() => rm(directory, { recursive: true }));

  it('are complete', () => {
    expect(files.map((file) => file.slice(directory.length + 1))).toEqual([
      'greeter.ts',
      'greeter.node.test.ts',
      'greeter.jest.test.ts',
      'greeter.vitest.test.ts',
    ]);
  });

  it('compile, strictly, as a consumer would compile them', () => {
    expect(typeErrors(files, ['node', 'jest'])).toEqual([]);
  });

  const runners: readonly [runner: string, args: (file: string) => string[], passed: RegExp][] = [
    ['node', (file) => ['--import', 'tsx', '--test-reporter=tap', join(directory, file)], /^# pass 2\n# fail 0$/m],
    [
      'jest',
      (file) => [require.resolve('jest/bin/jest'), '--testMatch', join(directory, file)],
      /^Tests: +2 passed, 2 total$/m,
    ],
    [
      'vitest',
      (file) => [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', directory, join(directory, file)],
      /^ +Tests {2}2 passed \(2\)$/m,
    ],
  ];

  it.each(runners)('run and pass: %s', async (runner, args, passed) => {
    const { code, output } = await run(args(`greeter.${runner}.test.ts`));
    expect(output).toMatch(passed);
    expect(code).toBe(0);
  });

  it.each(runners)('fail with the whole message where the call ends otherwise: %s', async (runner, args) => {
    const source = await readFile(join(directory, `greeter.${runner}.test.ts`), 'utf8');
    const wrong = `greeter.${runner}.wrong.test.ts`;
    await writeFile(
      join(directory, wrong),
      source.replace("side: 'client', code: 'OK'", "side: 'client', code: 'ABORTED'"),
    );
    const { code, output } = await run(args(wrong));
    expect(code).toBe(1);
    expect(output).toMatch(
      /expected one client span of helloworld.Greeter\/SayHello \{ code: 'ABORTED' \}, but\n *[0-9a-f]{16}: code is 'OK', not 'ABORTED'\n *\n *trace [0-9a-f]{32}\n *CLIENT helloworld.Greeter\/SayHello OK [0-9a-f]{16}\n *└ SERVER helloworld.Greeter\/SayHello OK [0-9a-f]{16}\n/,
    );
  });
});

it('shows a message as it is', () => {
  const method = 'helloworld.Greeter/SayHello';
  const attributes = called('INVALID_ARGUMENT', method);
  const telemetry = countedTelemetry();
  const parent = record(telemetry, { name: method, attributes });
  record(telemetry, { name: method, kind: SpanKind.SERVER, attributes, parent });
  const ids = {
    [TRACE_1]: '0af7651916cd43dd8448eb211c80319c',
    [SPAN_1]: 'b7ad6b7169203331',
    [SPAN_2]: '00f067aa0ba902b7',
  };
  const shown = snippetsOf(DOCUMENT, 'text').map((text) =>
    Object.entries(ids).reduce((changed, [counted, id]) => changed.replaceAll(id, counted), text.trimEnd()),
  );
  expect(shown).toHaveLength(1);
  expect(() => assertTraced(telemetry.spans, { method, side: 'server', code: 'OK' })).toThrow(new Error(shown[0]));
});

it('names every export', () => {
  const rows = tableRows('What there is', DOCUMENT).map(([name]) => codes(name)[0]);
  expect(rows.toSorted()).toEqual(Object.keys(kit).toSorted());
});
