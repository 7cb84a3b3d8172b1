import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../../tools/places.js';

/** The last one: what all of them import is read once. */
let program: ts.Program | undefined;

/** What the compiler says of files that use the package, as strictly as a consumer can ask it. */
export function typeErrors(files: readonly string[], types: readonly string[] = ['node']): readonly string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [...types],
    typeRoots: [join(ROOT, 'node_modules/@types')],
    paths: {
      'grpc-js-opentelemetry': [join(ROOT, 'lib/index.ts')],
      'grpc-js-opentelemetry/testing': [join(ROOT, 'lib/testing/index.ts')],
    },
  };
  program = ts.createProgram(files, options, undefined, program);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}
