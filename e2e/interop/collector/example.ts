import { constants } from 'node:os';
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { Running } from '../running.js';
import { sampleTraces } from './sampled-traces.js';

const TRACES = 1000;

/** `npm run example:collector`: the part's run, smaller. */
const running = new Running({
  name: 'collector',
  toolchains: ['Go'],
  async run(stage) {
    const { kept } = await sampleTraces(stage, TRACES);
    console.log(`\n${TRACES} traces; kept, and whole in Jaeger:`);
    console.log(`  failed  ${kept.failed} of ${kept.failed}`);
    console.log(`  slow    ${kept.slow} of ${kept.slow}`);
    console.log(`  others  ${kept.othersKept} of ${kept.others}`);
  },
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void running.end().finally(() => process.exit(128 + constants.signals[signal])));
}

// It carries the active span from the call that a service takes to the call that it makes.
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

running.run().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
