import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { ROOT } from '../../tools/places.js';
import type { Sdk } from '../../tools/sdks.js';

const run = promisify(execFile);

const PACKAGE = 'grpc-js-opentelemetry';
const BUILD_MILLIS = 120_000;

const COMMONJS = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
export const ES_MODULES = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true };

export type ModuleKind = 'commonjs' | 'module';

/** A project outside the repository, with this package in its node_modules as npm would install it, beside an SDK. */
export class Fixture {
  private constructor(
    private readonly directory: string,
    readonly sdk: Sdk,
  ) {}

  static async create(sdk: Sdk): Promise<Fixture> {
    const directory = await mkdtemp(join(tmpdir(), `${PACKAGE}-`));
    const modules = join(directory, 'project', 'node_modules');
    const installed = join(modules, PACKAGE);
    await mkdir(installed, { recursive: true });
    await cp(join(ROOT, 'package.json'), join(installed, 'package.json'));
    await run(process.execPath, [join(ROOT, 'scripts', 'build.mjs'), installed], { timeout: BUILD_MILLIS });
    const linked = await sdk.modules();
    for (const scope of ['@grpc', '@opentelemetry']) {
      // A junction is what Windows allows everyone to make; elsewhere it is a symbolic link.
      await symlink(join(linked, scope), join(modules, scope), 'junction');
    }
    return new Fixture(directory, sdk);
  }

  /** Compiles the program for one kind of module; gives its main file. */
  compile(kind: ModuleKind): Promise<string> {
    return compileProgram(this.inside(kind), kind);
  }

  /** A file of the project. */
  inside(...path: readonly string[]): string {
    return join(this.directory, 'project', ...path);
  }

  /** A file that no node_modules is above. */
  outside(...path: readonly string[]): string {
    return join(this.directory, ...path);
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true });
  }
}

/** Compiles `program/` into a directory, file by file and without bundling; gives its main file. */
export async function compileProgram(target: string, kind: ModuleKind): Promise<string> {
  const source = join(__dirname, 'program');
  const compilerOptions = kind === 'module' ? ES_MODULES : COMMONJS;
  await mkdir(target, { recursive: true });
  await writeFile(join(target, 'package.json'), JSON.stringify({ type: kind }));
  for (const file of await readdir(source)) {
    await compileFile(join(source, file), join(target, file.replace(/\.ts$/, '.js')), compilerOptions);
  }
  return join(target, 'main.js');
}

export async function compileFile(source: string, target: string, compilerOptions: ts.CompilerOptions): Promise<void> {
  const { outputText } = ts.transpileModule(await readFile(source, 'utf8'), { compilerOptions });
  await writeFile(target, outputText);
}
