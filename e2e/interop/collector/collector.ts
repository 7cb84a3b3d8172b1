import { join } from 'node:path';
import { ROOT } from '../../../tools/places.js';
import { Program } from '../../../tools/program.js';
import { freeAddresses } from '../../../tools/free-addresses.js';
import type { PartStage } from '../../../tools/run-on-stage.js';
import { Server } from '../../../tools/server-program.js';

/** The configurations of the example, which run here as they are. */
export type Tier = 'load-balancing' | 'sampling';

export interface Collector {
  /** Takes OTLP over gRPC. */
  readonly grpcAddress: string;
  /** Takes OTLP over HTTP, if its tier does. */
  readonly tracesUrl: string;
  metricsPage(): Promise<string>;
  /** Resolves when it has passed on what it had. */
  stop(): Promise<void>;
}

function configOf(tier: Tier): string {
  return join(ROOT, 'examples', 'collector', `${tier}.yaml`);
}

/** The collector's own verdict. @throws where it does not take the configuration */
export async function validate(binary: string, tier: Tier): Promise<void> {
  const { code, stderr } = await new Program(binary, ['validate', `--config=${configOf(tier)}`]).ended;
  if (code !== 0) throw new Error(`${tier}.yaml: ${stderr.join('\n')}`);
}

/** Resolves when it takes spans. It ends with the part, if not before. */
export async function startCollector(
  stage: PartStage,
  binary: string,
  tier: Tier,
  env: NodeJS.ProcessEnv,
): Promise<Collector> {
  const at = await freeAddresses('grpc', 'http', 'health', 'metrics');
  const [metricsHost, metricsPort] = at.metrics.split(':');
  const server = await Server.start(stage, {
    name: `${tier} collector`,
    binary,
    args: [`--config=${configOf(tier)}`],
    env: {
      ...env,
      OTLP_GRPC: at.grpc,
      OTLP_HTTP: at.http,
      HEALTH: at.health,
      METRICS_HOST: metricsHost,
      METRICS_PORT: metricsPort,
    },
    healthUrl: `http://${at.health}/`,
  });
  return {
    grpcAddress: at.grpc,
    tracesUrl: `http://${at.http}/v1/traces`,
    metricsPage: async () => (await fetch(`http://${at.metrics}/metrics`)).text(),
    stop: () => server.stop(),
  };
}
