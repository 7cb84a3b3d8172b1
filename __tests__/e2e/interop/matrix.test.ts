import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENT, MARKS, matrix } from '../../../e2e/interop/matrix.js';
import type { Cell } from '../../../e2e/interop/part.js';
import { betweenMarks } from '../../../tools/between-marks.js';
import { ROOT } from '../../../tools/places.js';

const cell: Cell = {
  peer: 'java',
  versions: 'grpc-java 1',
  propagation: 'W3C',
  direction: 'Node → peer',
  shape: 'Unary',
};

const HEAD = '| peer | versions    | direction   | context by | Unary | ClientStream | ServerStream | Bidi |';
const RULE = '| ---- | ----------- | ----------- | ---------- | ----- | ------------ | ------------ | ---- |';

it('the shapes of a peer stand in one row, and one that was not run has no mark', () => {
  expect(matrix([cell, { ...cell, shape: 'Bidi' }])).toBe(
    [HEAD, RULE, '| java | grpc-java 1 | Node → peer | W3C        | yes   |              |              | yes  |'].join(
      '\n',
    ),
  );
});

it.each<Partial<Cell>>([
  { peer: 'python' },
  { versions: 'grpc-java 2' },
  { direction: 'peer → Node' },
  { propagation: 'grpc-trace-bin' },
])('%j has a row of its own', (other) => {
  expect(matrix([cell, { ...cell, ...other }]).split('\n')).toHaveLength(4);
});

it('a note is told below the table, once, by its mark', () => {
  const noted = { ...cell, direction: 'peer → Node', note: 'Mind the gap.' } as const;
  const other = { ...cell, direction: 'Node → java → Node', note: 'Mind the step.' } as const;
  expect(matrix([cell, noted, { ...noted, shape: 'Bidi' }, other])).toBe(
    [
      '| peer | versions    | direction          | context by | Unary | ClientStream | ServerStream | Bidi |',
      '| ---- | ----------- | ------------------ | ---------- | ----- | ------------ | ------------ | ---- |',
      '| java | grpc-java 1 | Node → peer        | W3C        | yes   |              |              |      |',
      '| java | grpc-java 1 | peer → Node        | W3C ¹      | yes   |              |              | yes  |',
      '| java | grpc-java 1 | Node → java → Node | W3C ²      | yes   |              |              |      |',
      '',
      '¹ Mind the gap.',
      '',
      '² Mind the step.',
    ].join('\n'),
  );
});

it('the document has its place', () => {
  const document = readFileSync(join(ROOT, DOCUMENT), 'utf8');
  expect(betweenMarks(document, MARKS, 'the matrix')).toContain(`${MARKS.start}\n\nthe matrix\n\n${MARKS.end}`);
});
