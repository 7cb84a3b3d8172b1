import type { Part } from '../part.js';
import { figuresTable } from './figures.js';
import { sampleTraces } from './sampled-traces.js';

const TRACES = 10_000;

/** Collectors as they were released, with the configurations of `examples/collector`. */
export const collectorPart: Part = {
  name: 'collector',
  needs: ['Go'],
  async run(stage) {
    const { kept, figures } = await sampleTraces(stage, TRACES);
    stage.step(
      `kept whole: all ${kept.failed} failed, all ${kept.slow} slow traces, ${kept.othersKept} of ${kept.others} others`,
    );
    console.log(figuresTable(figures));
  },
};
