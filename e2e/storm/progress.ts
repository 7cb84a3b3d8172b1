const BAR_CELLS = 30;
const REDRAW_MILLIS = 100;
const LINE_MILLIS = 5000;

/** A bar where somebody looks at a terminal, else a line now and then. */
export class Progress {
  private readonly startedAt = performance.now();
  private shownAt = this.startedAt;

  constructor(
    private readonly total: number,
    private readonly output: NodeJS.WriteStream = process.stdout,
  ) {}

  update(done: number): void {
    const now = performance.now();
    if (now - this.shownAt < (this.output.isTTY ? REDRAW_MILLIS : LINE_MILLIS)) return;
    this.shownAt = now;
    const seconds = (now - this.startedAt) / 1000;
    const text = `${done.toLocaleString('en')} of ${this.total.toLocaleString('en')} calls, ${Math.round(done / seconds)} a second`;
    this.output.write(this.output.isTTY ? `\r${this.bar(done)} ${text} ` : `${text}\n`);
  }

  /** Leaves the line to what comes next. */
  end(): void {
    if (this.output.isTTY) this.output.write('\r\x1b[K');
  }

  private bar(done: number): string {
    const full = Math.floor((done / this.total) * BAR_CELLS);
    return `[${'#'.repeat(full)}${'.'.repeat(BAR_CELLS - full)}]`;
  }
}
