/** What stands before and after the part of a document that a program writes. */
export interface Marks {
  readonly start: string;
  readonly end: string;
}

/** The text with this content between its two marks, and all else as it was. @throws where a mark is not there. */
export function betweenMarks(text: string, { start, end }: Marks, content: string): string {
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`no ${start} … ${end}`);
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}
