import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { runOnStage } from '../../../tools/run-on-stage.js';
import { sampleTraces } from './sampled-traces.js';

const TRACES = 1000;

// It carries the active span from the call that a service takes to the call that it makes.
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

/** `npm run example:collector`: the part's run, smaller. */
runOnStage('collector', async (stage) => {
  const { kept } = await sampleTraces(stage, TRACES);
  console.log(`\n${TRACES} traces; kept, and whole in Jaeger:`);
  console.log(`  failed  ${kept.failed} of ${kept.failed}`);
  console.log(`  slow    ${kept.slow} of ${kept.slow}`);
  console.log(`  others  ${kept.othersKept} of ${kept.others}`);
}).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
