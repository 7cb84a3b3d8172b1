const DIGITS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** What is told below a table, once each, and the signs that lead there. */
export class Notes {
  readonly #notes: readonly string[];

  constructor(notes: readonly (string | undefined)[]) {
    this.#notes = [...new Set(notes)].filter((note) => note !== undefined);
  }

  /** What follows the text that the note is about; nothing where there is none. */
  signOf(note: string | undefined): string {
    return note === undefined ? '' : ` ${signOf(this.#notes.indexOf(note))}`;
  }

  /** What stands below the table. */
  get lines(): readonly string[] {
    return this.#notes.map((note, index) => `${signOf(index)} ${note}`);
  }
}

/** The place in the list, from one, in raised digits. */
function signOf(index: number): string {
  return Array.from(String(index + 1), (digit) => DIGITS.charAt(Number(digit))).join('');
}
