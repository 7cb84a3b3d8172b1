const MINUTE = 60;

/** `3/40, 12 min left`: by what the processes have taken so far. */
export function progressText(done: number, total: number, seconds: number): string {
  if (done === 0) return `0/${total}`;
  const left = (seconds / done) * (total - done);
  const told = left < 2 * MINUTE ? `${Math.round(left)} s` : `${Math.round(left / MINUTE)} min`;
  return `${done}/${total}, ${told} left`;
}

/** Tells how far the processes are: on one line of a terminal, elsewhere once a round. */
export class Progress {
  private readonly startedAt = performance.now();
  private done = 0;

  constructor(
    private readonly total: number,
    private readonly to: NodeJS.WriteStream,
  ) {}

  /** Before a process. */
  next(what: string, startsRound: boolean): void {
    const text = progressText(this.done, this.total, (performance.now() - this.startedAt) / 1000);
    if (this.to.isTTY) this.to.write(`\r\u001b[2K${text}: ${what}`.slice(0, this.to.columns));
    else if (startsRound) this.to.write(`${text}\n`);
    this.done++;
  }

  end(): void {
    if (this.to.isTTY) this.to.write('\r\u001b[2K');
  }
}
