import type { Collector } from './collector.js';

/** What the collectors of a tier measure of themselves, as their pages for Prometheus have it. */
export class TierMetrics {
  readonly #lines: readonly string[];

  private constructor(pages: readonly string[]) {
    this.#lines = pages.flatMap((page) => page.split('\n')).filter((line) => line !== '' && !line.startsWith('#'));
  }

  static async of(tier: readonly Collector[]): Promise<TierMetrics> {
    return new TierMetrics(await Promise.all(tier.map((collector) => collector.metricsPage())));
  }

  /**
   * Over all collectors and all label sets that contain this text.
   *
   * @throws where there is no such metric: a name that has changed is not to look like a count of nothing
   */
  sum(name: string, label = ''): number {
    const found = this.#lines.filter((line) => /^[^{ ]+/.exec(line)?.[0] === name);
    if (found.length === 0) throw new Error(`the collectors have no metric ${name}`);
    return found
      .filter((line) => line.includes(label))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }
}
