import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../tools/places.js';
import { snippetsOf } from '../helpers/readme.js';
import { SnippetFiles } from '../helpers/snippets.js';
import { typeErrors } from '../helpers/type-errors.js';

const run = promisify(execFile);
const PAGE = readFileSync(join(ROOT, 'docs/getting-started.md'), 'utf8');

/** What the page says that its program prints. */
function expectGreeting({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): void {
  expect(stderr).toBe('');
  expect(stdout).toContain('Hello world');
  expect(stdout.match(/name: 'helloworld.Greeter\/SayHello'/g)).toHaveLength(2);
  expect(new Set(stdout.match(/traceId: '[0-9a-f]{32}'/g)).size).toBe(1);
}

it('the program runs as CommonJS and as ES modules', async () => {
  const [program = '', imports = ''] = snippetsOf(PAGE, 'js');
  const rest = program.split('\n').slice(imports.split('\n').length - 1);
  const programs = [
    ['commonjs', program],
    ['module', imports + rest.join('\n')],
  ] as const;
  for (const [type, code] of programs) {
    expectGreeting(await run(process.execPath, [`--input-type=${type}`, '--eval', code], { cwd: ROOT }));
  }
});

describe('the program in TypeScript', () => {
  let snippets: SnippetFiles;

  beforeAll(async () => {
    snippets = await SnippetFiles.write(snippetsOf(PAGE, 'ts'));
  });

  afterAll(() => snippets.remove());

  it('is the only one', () => {
    expect(snippets.files).toHaveLength(1);
  });

  it('compiles, strictly, as a consumer would compile it', () => {
    expect(typeErrors(snippets.files)).toEqual([]);
  });

  it('runs', async () => {
    expectGreeting(await snippets.run(0));
  });
});

it('the service is the one that the programs load', () => {
  const [proto] = snippetsOf(PAGE, 'proto');
  expect(proto).toBe(readFileSync(join(ROOT, 'protos/helloworld.proto'), 'utf8'));
});
