import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/places.js';
import { snippetsOf } from './readme.js';

/** What the README of an example says that the example prints: its one block without a language. */
export function outputInReadme(example: string): string[] {
  const readme = readFileSync(join(ROOT, 'examples', example, 'README.md'), 'utf8');
  const [output, ...others] = snippetsOf(readme, '');
  if (output === undefined || others.length > 0) throw new Error(`not one output in the README of ${example}`);
  return output.replace(/\n$/, '').split('\n');
}

/** What differs from run to run, and is no id. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/(127\.0\.0\.1:)\d+/g, '$1<port>'],
  [/(server_port=")\d+/g, '$1<port>'],
  [/"time":\d+/g, '"time":<time>'],
  [/(millis_left = )\d+/g, '$1<millis>'],
  // The sum of a histogram, in seconds.
  [/(\} )\d+\.\d+(e-\d+)?$/g, '$1<seconds>'],
  // The demo's bars, and the time line above them.
  [/ [ █]*█[ █]* [\d.]+ m?s ?/g, ' <bar> '],
  [/ 0 +[\d.]+ m?s (?=duration)/g, ' <time line> '],
];

const ID = /\b(?:[0-9a-f]{32}|[0-9a-f]{16})\b/g;

/** The lines without what differs from run to run. Of ids it stays visible which are the same. */
export function comparable(lines: readonly string[]): string[] {
  const ids = new Map<string, string>();
  const nameOf = (id: string): string => {
    const name = ids.get(id) ?? `<${id.length === 32 ? 'trace' : 'span'} ${ids.size + 1}>`;
    ids.set(id, name);
    return name;
  };
  return lines.map((line) =>
    VARYING.reduce((text, [pattern, name]) => text.replace(pattern, name), line)
      .replace(ID, nameOf)
      .trimEnd(),
  );
}
