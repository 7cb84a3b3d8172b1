/** A span as the demo prints it, without what differs from run to run: its bar and its duration. */
export interface PrintedRow {
  readonly service: string;
  /** `├ ` and the like. */
  readonly branch: string;
  readonly method: string;
  readonly side: string;
  readonly status: string;
}

const HEADER = /^service +method +side +0 /;

/** Before the status of a call that did not end well. */
const MARK = /^[✗⊘] /;

/** Of a span that has ended: another is drawn with another bar, and has no duration. */
const BAR_AND_DURATION = /^ *█+ +[\d.]+ m?s$/;

/**
 * The tree that the demo printed: what stands between its header and the next empty line.
 *
 * @throws where there is none, or a line is not that of a span which has ended
 */
export function printedTree(stdout: readonly string[]): PrintedRow[] {
  const start = stdout.findIndex((line) => HEADER.test(line));
  const header = stdout[start];
  if (header === undefined) throw new Error(`no tree in ${stdout.join('\n')}`);
  const lines = stdout.slice(start + 1, stdout.indexOf('', start));
  // The columns are as wide as what stands in them, and begin below their titles.
  const [methodAt, sideAt, statusAt] = [header.indexOf('method'), header.indexOf('side'), header.indexOf('status')];
  const barAt = header.indexOf('0', sideAt);
  return lines.map((line) => {
    const column = (from: number, to?: number): string => line.slice(from, to).trimEnd();
    if (!BAR_AND_DURATION.test(column(barAt, statusAt))) throw new Error(`not a span that has ended: ${line}`);
    const label = column(methodAt, sideAt);
    const branch = /^[ ├└│]*/.exec(label)?.[0] ?? '';
    return {
      service: column(0, methodAt),
      branch,
      method: label.slice(branch.length),
      side: column(sideAt, barAt),
      status: column(statusAt).replace(MARK, ''),
    };
  });
}
