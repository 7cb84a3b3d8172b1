/** Rows as a Markdown table, padded so that it is one in a terminal, too. Numbers stand at the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = head.map((title, index) => {
    const cells = rows.map((row) => row[index] ?? '');
    const isNumeric = cells.length > 0 && cells.every((cell) => /^-?[\d,]+(\.\d+)?( %)?$/.test(cell));
    return { isNumeric, width: Math.max(3, title.length, ...cells.map((cell) => cell.length)) };
  });
  const line = (row: readonly string[]): string => {
    const cells = columns.map(({ isNumeric, width }, index) => {
      const cell = row[index] ?? '';
      return isNumeric ? cell.padStart(width) : cell.padEnd(width);
    });
    return `| ${cells.join(' | ')} |`;
  };
  const rule = columns.map(({ isNumeric, width }) => (isNumeric ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
