/** The signs of notes, in their order. */
const SIGNS = '¹²³⁴⁵⁶⁷⁸⁹';

/** What is told below a table, once each, and the signs that lead there. */
export class Notes {
  readonly #notes: readonly string[];

  /** @throws RangeError for more notes than there are signs */
  constructor(notes: readonly (string | undefined)[]) {
    this.#notes = [...new Set(notes)].filter((note) => note !== undefined);
    if (this.#notes.length > SIGNS.length) throw new RangeError(`more than ${SIGNS.length} notes`);
  }

  /** What follows the text that the note is about; nothing where there is none. */
  signOf(note: string | undefined): string {
    return note === undefined ? '' : ` ${SIGNS.charAt(this.#notes.indexOf(note))}`;
  }

  /** What stands below the table. */
  get lines(): readonly string[] {
    return this.#notes.map((note, index) => `${SIGNS.charAt(index)} ${note}`);
  }
}
