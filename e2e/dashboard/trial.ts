import { join } from 'node:path';
import { eventually } from '../../tools/eventually.js';
import { limited } from '../../tools/limited.js';
import { RepositoryProgram } from '../../tools/repository-program.js';
import type { PartStage } from '../../tools/run-on-stage.js';
import { scrapeConfigsOf, SERVICES } from './jobs.js';
import { EXAMPLE } from './places.js';
import { startPrometheus } from './prometheus.js';
import type { PrometheusApi } from './prometheus-api.js';

export const SCRAPE_SECONDS = 1;

const PATIENCE_MILLIS = 10_000;

/** The example, and a Prometheus that scrapes it and has its rules. */
export interface Trial {
  readonly api: PrometheusApi;
  /** In seconds since the epoch. */
  readonly startedAt: number;
  /** Resolves when every page has been scraped so often. */
  scraped(times: number): Promise<void>;
}

export async function startTrial(stage: PartStage): Promise<Trial> {
  const startedAt = Date.now() / 1000;
  const app = new RepositoryProgram('examples/dashboard/app.ts');
  stage.onEnd(() => stop(app));
  const scrapes: object[] = [];
  for (const service of SERVICES) {
    const [, host = ''] = await app.line(new RegExp(`^http://(.+)/${service}$`));
    scrapes.push(...scrapeConfigsOf(service, host));
  }
  const api = await startPrometheus(stage, {
    global: { scrape_interval: `${SCRAPE_SECONDS}s`, evaluation_interval: `${SCRAPE_SECONDS}s` },
    rule_files: [join(EXAMPLE, 'alerts.yaml')],
    scrape_configs: scrapes,
  });
  stage.step(`Prometheus ${await api.version()} is up`);

  const appEnded = app.ended.then((end): never => {
    throw new Error(`the example ended: ${JSON.stringify(end)}`);
  });
  // It ends one day, and then nobody waits for scrapes any more.
  appEnded.catch(() => undefined);
  const areScraped = async (times: number): Promise<true | undefined> => {
    const counts = await api.now('sum_over_time(up[1h])');
    const least = Math.min(...counts.flatMap(({ points }) => points).map(({ value }) => value));
    return counts.length === scrapes.length && least >= times ? true : undefined;
  };
  return {
    api,
    startedAt,
    scraped: async (times) => {
      await eventually(`${times} scrapes of each page`, () => areScraped(times), appEnded);
      stage.step(`each page has been scraped ${times} times`);
    },
  };
}

/** @throws where it does not end by itself, and well */
async function stop(app: RepositoryProgram): Promise<void> {
  const { code, stderr } = await limited(app, PATIENCE_MILLIS, 'the example does not end', app.finish());
  if (code !== 0 || stderr.length > 0) throw new Error(`the example ended with ${code}: ${stderr.join('\n')}`);
}
