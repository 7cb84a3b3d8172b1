/**
 * The program with the lines of a document's `diff` block applied. Lines are compared without their indentation; a blank
 * line stands for what lies between.
 *
 * @throws where a line that is there, or that is to go, is not in the program exactly once
 */
export function applied(diff: string, program: string): string {
  const lines = program.split('\n');
  let at = -1;
  const find = (wanted: string): number => {
    const found = lines.flatMap((line, index) => (line.trim() === wanted.trim() ? [index] : []));
    const [only] = found;
    if (only === undefined || found.length > 1) throw new Error(`${found.length} times in the program: ${wanted}`);
    return only;
  };
  const indentation = (): string => /^ */.exec(lines[at] ?? '')?.[0] ?? '';
  let isReplaced = false;
  for (const line of diff.split('\n').filter((it) => it !== '')) {
    const [sign, text] = [line.slice(0, 1), line.slice(1)];
    if (sign === '+') {
      lines.splice(isReplaced ? at : at + 1, isReplaced ? 1 : 0, indentation() + text);
      if (!isReplaced) at += 1;
    } else {
      at = find(text);
    }
    isReplaced = sign === '-';
  }
  return lines.join('\n');
}
