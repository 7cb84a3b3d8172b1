import type { Marks } from '../../tools/between-marks.js';
import { Notes } from '../../tools/notes.js';
import { table } from '../../tools/table.js';
import type { Row } from './row.js';

/** Where it stands in docs/integrations.md. */
export const MARKS: Marks = {
  start: '<!-- field table: written by npm run field -->',
  end: '<!-- end of field table -->',
};

const HEADS = ['library', 'versions', 'traced by', 'calls', 'CLIENT spans', 'linked SERVER spans', 'same results'];

/** The rows as a Markdown table, and the reasons outside this package below it. */
export function fieldTable(rows: readonly Row[]): string {
  const notes = new Notes(rows.map(({ outside }) => outside));
  const cells = rows.map(({ library, versions, how, calls, client, linked, same, outside }) => [
    `${library}${notes.signOf(outside)}`,
    versions,
    how,
    String(calls),
    String(client),
    String(linked),
    same ? 'yes' : 'no',
  ]);
  return [table(HEADS, cells), ...notes.lines].join('\n\n');
}
