/** What is drawn of a span: milliseconds, `duration` absent while it has not ended. */
export interface Stretch {
  readonly start: number;
  readonly duration?: number | undefined;
}

/** From the first start to the last end of all that is drawn, in milliseconds. */
export interface TimeScale {
  readonly start: number;
  readonly total: number;
}

export function scaleOf(stretches: readonly Stretch[]): TimeScale {
  if (stretches.length === 0) return { start: 0, total: 0 };
  const start = Math.min(...stretches.map((stretch) => stretch.start));
  const end = Math.max(...stretches.map((stretch) => stretch.start + lengthOf(stretch)));
  return { start, total: end - start };
}

/** A line of `width` cells with the stretch in its place: never empty, and shaded to the end while it has not ended. */
export function bar(stretch: Stretch, scale: TimeScale, width: number): string {
  const cell = (time: number) => (scale.total === 0 ? 0 : ((time - scale.start) / scale.total) * width);
  const from = Math.min(Math.floor(cell(stretch.start)), width - 1);
  if (stretch.duration === undefined) return ' '.repeat(from) + '░'.repeat(width - from);
  const to = Math.min(Math.max(Math.ceil(cell(stretch.start + lengthOf(stretch))), from + 1), width);
  return ' '.repeat(from) + '█'.repeat(to - from) + ' '.repeat(width - to);
}

/** At most 8 characters, up to 27 hours. */
export function timeText(millis: number | undefined): string {
  if (millis === undefined) return 'open';
  if (millis < 999.95) return `${millis.toFixed(1)} ms`;
  const seconds = millis / 1000;
  return seconds < 999.95 ? `${seconds.toFixed(1)} s` : `${seconds.toFixed(0)} s`;
}

/** A clock that was set back in the middle of a span must not turn its bar around. */
function lengthOf({ duration = 0 }: Stretch): number {
  return Math.max(duration, 0);
}
