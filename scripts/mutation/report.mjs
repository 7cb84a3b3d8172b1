import { readFileSync } from 'node:fs';

/** What Stryker counts as found, and what it counts at all: a mutant that could not be run says nothing of the tests. */
const DETECTED = ['Killed', 'Timeout'];
const VALID = [...DETECTED, 'Survived', 'NoCoverage'];

/** Of a part that has run: its mutants, each with its file and the text that it replaces. */
export function mutantsOf(part) {
  const { files } = JSON.parse(readFileSync(`reports/mutation/${part}.json`, 'utf8'));
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ ...mutant, file, original: textAt(source.split('\n'), mutant.location) })),
  );
}

function textAt(lines, { start, end }) {
  const rows = lines.slice(start.line - 1, end.line);
  // From its end first, which may be on the line of its start.
  rows[rows.length - 1] = rows.at(-1).slice(0, end.column - 1);
  rows[0] = rows[0].slice(start.column - 1);
  return rows.join('\n');
}

const count = (mutants, ...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;

/** Killed by a test that waited in vain: right where a call hangs, wrong where the machine is that slow. */
const waited = ({ status, statusReason = '' }) => status === 'Killed' && statusReason.includes('Exceeded timeout of');

export function score(mutants) {
  return (100 * count(mutants, ...DETECTED)) / count(mutants, ...VALID);
}

export function row(part, mutants) {
  return {
    part,
    mutants: mutants.length,
    killed: count(mutants, 'Killed'),
    'by waiting': mutants.filter(waited).length,
    timeout: count(mutants, 'Timeout'),
    survived: count(mutants, 'Survived'),
    'no coverage': count(mutants, 'NoCoverage'),
    'not run': mutants.length - count(mutants, ...VALID),
    'score %': Number(score(mutants).toFixed(1)),
  };
}

/** A line for each mutant that lives. */
export function survivors(mutants) {
  return mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ file, location, status, mutatorName, original, replacement }) => {
      const place = `${file}:${location.start.line}:${location.start.column}`;
      const [from, to] = [original, replacement].map((text) => text.replace(/\s+/g, ' ').slice(0, 100));
      return `${place} ${mutatorName}${status === 'NoCoverage' ? ' (no coverage)' : ''}: ${from} → ${to}`;
    });
}
