import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  noEmitOnError: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
};

const HOST: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => '',
  getNewLine: () => '\n',
};

/** Writes the JavaScript of a directory's TypeScript, and of what it imports, beside it. @throws for a type error. */
export function emit(directory: string): void {
  const files = readdirSync(directory).filter((name) => name.endsWith('.ts'));
  const host = ts.createCompilerHost(OPTIONS);
  // Types are looked for above it.
  host.getCurrentDirectory = () => directory;
  const program = ts.createProgram(
    files.map((name) => join(directory, name)),
    OPTIONS,
    host,
  );
  // Nothing is emitted where there are errors, which are what this gives then.
  const { diagnostics } = program.emit();
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, HOST));
}
