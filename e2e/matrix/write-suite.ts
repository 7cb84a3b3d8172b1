import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';

/** Compiles the suite into a directory, whose node_modules it then uses. */
export async function writeSuite(directory: string): Promise<string> {
  const source = join(__dirname, 'suite');
  const target = join(directory, 'suite');
  await mkdir(target, { recursive: true });
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  for (const file of await readdir(source)) {
    const { outputText } = ts.transpileModule(await readFile(join(source, file), 'utf8'), { compilerOptions });
    await writeFile(join(target, file.replace(/\.ts$/, '.js')), outputText);
  }
  return join(target, 'main.js');
}
