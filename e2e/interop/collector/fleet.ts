import { startJaeger, type Jaeger } from '../jaeger/jaeger.js';
import type { PartStage } from '../../../tools/run-on-stage.js';
import { collectorBinary } from './binary.js';
import { startCollector, validate, type Collector } from './collector.js';

/** Two collectors of each tier, as the example has them. */
export interface Fleet {
  readonly balancers: readonly [Collector, Collector];
  readonly samplers: readonly [Collector, Collector];
  /** Where the samplers send to: one for each, so that it shows which of them had a span. */
  readonly jaegers: readonly [Jaeger, Jaeger];
}

/** Resolves when all of them take spans. They end with the part, if not before. */
export async function startFleet(stage: PartStage): Promise<Fleet> {
  const binary = await collectorBinary(stage);
  await validate(binary, 'load-balancing');
  await validate(binary, 'sampling');
  stage.step('otelcol validate takes both configurations');

  const jaegers = [await startJaeger(stage), await startJaeger(stage)] as const;
  const startSampler = ({ otlpAddress }: Jaeger) => startCollector(stage, binary, 'sampling', { JAEGER: otlpAddress });
  const samplers = [await startSampler(jaegers[0]), await startSampler(jaegers[1])] as const;
  const env = { SAMPLER_1: samplers[0].grpcAddress, SAMPLER_2: samplers[1].grpcAddress };
  const startBalancer = () => startCollector(stage, binary, 'load-balancing', env);
  const balancers = [await startBalancer(), await startBalancer()] as const;
  stage.step('2 load-balancing collectors, 2 sampling collectors and 2 Jaegers are up');
  return { balancers, samplers, jaegers };
}

/** Lets the spans run through: first tier first, so that nothing is on its way to a collector that is gone. */
export async function stopCollectors({ balancers, samplers }: Fleet): Promise<void> {
  for (const collector of [...balancers, ...samplers]) await collector.stop();
}
