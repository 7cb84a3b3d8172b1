import { deepStrictEqual } from 'node:assert';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { install } from '../../tools/cache.js';
import { limited } from '../../tools/limited.js';
import { ROOT } from '../../tools/places.js';
import { Program } from '../../tools/program.js';
import { emit } from './emit.js';
import type { Exchange, SpanLine } from './exchange.js';
import type { Stage } from './part.js';

/** What every program has, unless its part asks for another version. */
const DEPENDENCIES = { '@grpc/grpc-js': '1.14.7', '@grpc/proto-loader': '0.8.1', '@types/node': '20.19.43' } as const;

/** What those have whose parts bring no API, for an SDK of their own. */
const SDK_2 = { '@opentelemetry/api': '1.9.1', '@opentelemetry/sdk-trace-node': '2.12.0' } as const;

/** What a program may import beside its own directory, where it stands in the repository. */
const SHARED = ['e2e/field/exchange.ts', 'e2e/field/programs/shared', 'protos', 'tools/echo.ts', 'tools/invoke.ts'];

const RUN_MILLIS = 120_000;

export interface FieldProgramOptions {
  /** Of the program's modules. Default: CommonJS. */
  readonly type?: 'commonjs' | 'module';
  /** Of the cache, where one program is run with several sets of dependencies. Default: named as the program. */
  readonly directory?: string;
}

export interface RunOptions {
  /** Default: the Node that runs this. */
  readonly executable?: string;
  /** What stands before the file. */
  readonly args?: readonly string[];
  /** Beside PATH, HOME and TRACING: the program gets nothing else of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** From the program's directory. Default: main.js. */
  readonly file?: string;
}

/** What came of both runs. */
export interface BothRuns {
  readonly seen: unknown;
  /** Of the run that was traced. */
  readonly spans: readonly SpanLine[];
}

/** A program of `programs/`, installed with the real packages, compiled there, and ready to run. */
export class FieldProgram {
  readonly #stage: Stage;
  readonly #name: string;
  readonly #installed: string;

  private constructor(stage: Stage, name: string, installed: string) {
    this.#stage = stage;
    this.#name = name;
    this.#installed = installed;
  }

  /**
   * @param dependencies by name, each of one version
   * @throws with what the compiler says, where it finds an error
   */
  static async install(
    stage: Stage,
    name: string,
    dependencies: Readonly<Record<string, string>>,
    { type = 'commonjs', directory = name }: FieldProgramOptions = {},
  ): Promise<FieldProgram> {
    stage.step(`install ${directory}`);
    const sdk = '@opentelemetry/api' in dependencies ? {} : SDK_2;
    const all = { ...DEPENDENCIES, ...sdk, ...dependencies, 'grpc-js-opentelemetry': `file:${await stage.tarball()}` };
    const program = new FieldProgram(stage, name, await install(join('field', directory), all));
    const sources = program.#sources;
    await rm(sources, { recursive: true, force: true });
    for (const path of [`e2e/field/programs/${name}`, ...SHARED]) {
      await cp(join(ROOT, path), join(sources, path), { recursive: true });
    }
    await writeFile(join(sources, 'package.json'), JSON.stringify({ type }));
    emit(program.directory);
    return program;
  }

  /** Where what it was compiled to is. */
  get directory(): string {
    return join(this.#sources, 'e2e/field/programs', this.#name);
  }

  /** The version of a package that is installed. */
  async versionOf(dependency: string): Promise<string> {
    const manifest = await readFile(join(this.#installed, 'node_modules', dependency, 'package.json'), 'utf8');
    // What npm has installed has a version.
    return (JSON.parse(manifest) as { readonly version: string }).version;
  }

  /** Runs without tracing and with it. @throws AssertionError where the application does not see the same. */
  async runBoth(options: RunOptions = {}): Promise<BothRuns> {
    const plain = await this.run('off', options);
    const { seen, spans } = await this.run('on', options);
    deepStrictEqual(seen, plain.seen, `${this.#name}: the application sees something else when it is traced`);
    return { seen, spans };
  }

  /** Runs the program to its end and reads what it prints. @throws with its output where it does not end well. */
  async run(tracing: 'on' | 'off', options: RunOptions = {}): Promise<Exchange> {
    const { executable = process.execPath, args = [], env = {}, file = 'main.js' } = options;
    const path = join(this.directory, file);
    this.#stage.step(`${this.#name}, tracing ${tracing}`);
    const program = new Program(executable, [...args, path], {
      cwd: this.#sources,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env, TRACING: tracing },
      ownGroup: true,
    });
    this.#stage.onEnd(() => program.kill());
    const late = `${this.#name} did not end in ${RUN_MILLIS} ms`;
    const { code, stdout, stderr } = await limited(program, RUN_MILLIS, late, program.ended);
    const line = stdout.find((printed) => printed.startsWith('{"seen":'));
    if (code !== 0 || line === undefined) {
      throw new Error([`${this.#name} ended with ${String(code)}`, ...stdout, ...stderr].join('\n'));
    }
    // The programs print one line of this form.
    return JSON.parse(line) as Exchange;
  }

  /** As in the repository, so that imports lead where they do there. */
  get #sources(): string {
    return join(this.#installed, 'program', this.#name);
  }
}
