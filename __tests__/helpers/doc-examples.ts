import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../../tools/places.js';
import { snippetsOf } from './readme.js';

/** The programs in the `@example`s of what an entry exports at run time, by the export's name. */
export function docExamples(entry: string): ReadonlyMap<string, readonly string[]> {
  const program = ts.createProgram([join(ROOT, entry)], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(join(ROOT, entry));
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`${entry} is no module`);
  const exported = checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter(({ flags }) => (flags & ts.SymbolFlags.Value) !== 0);
  return new Map(exported.map((symbol) => [symbol.name, examplesOf(symbol, checker)]));
}

function examplesOf(symbol: ts.Symbol, checker: ts.TypeChecker): readonly string[] {
  return symbol
    .getJsDocTags(checker)
    .filter(({ name }) => name === 'example')
    .flatMap(({ text }) => snippetsOf(ts.displayPartsToString(text), 'ts'));
}
