/** With a value of up to 22 characters, 80 columns. */
const WIDTH = 58;

/** A line of the exposition format over as many as it needs, broken between labels. */
export function fold(line: string): string {
  const [, series = line, value = ''] = /^(\S+\})(.*)$/.exec(line) ?? [];
  const folded: string[] = [];
  for (const piece of series.split(/(?<=[{,])/)) {
    const last = folded.at(-1);
    if (last !== undefined && last.length + piece.length <= WIDTH) folded.splice(-1, 1, last + piece);
    else folded.push(folded.length === 0 ? piece : `    ${piece}`);
  }
  return folded.join('\n') + value;
}
