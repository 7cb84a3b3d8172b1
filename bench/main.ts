import { context, propagation } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { autoInstrumentedGrpc } from './auto.js';
import type { Load } from './load.js';
import { measure, type Figures, type Plan } from './measure.js';
import { table } from './report.js';
import { startContexts, startMetrics, startTelemetry, type Sampling } from './telemetry.js';
import { bare, byHand, ours } from './variants.js';
import { startWorld, type World } from './world.js';

const USAGE = `npm run bench -- [--load unary] [--in-flight 32] [--sampling sampled] [--rounds 25] [--calls 1000] [--json file]

Each option but rounds, calls and json may be given several times; every combination is measured.
  --load       unary | server stream of N | bidi of N     default: unary
  --in-flight  calls at a time                            default: 32
  --sampling   sampled | unsampled | no SDK               default: all three`;

interface Result extends Omit<Plan, 'rounds'> {
  readonly node: string;
  readonly sampling: Sampling;
  readonly figures: readonly Figures[];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      load: { type: 'string', multiple: true, default: ['unary'] },
      'in-flight': { type: 'string', multiple: true, default: ['32'] },
      sampling: { type: 'string', multiple: true, default: ['sampled', 'unsampled', 'no SDK'] },
      rounds: { type: 'string', default: '25' },
      calls: { type: 'string', default: '1000' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const results: Result[] = [];
  for (const sampling of values.sampling) {
    for (const load of values.load) {
      for (const inFlight of values['in-flight']) {
        // What is wrong in these shows at once: as an unknown load, or as no calls.
        const plan: Plan = {
          load: load as Load,
          inFlight: Number(inFlight),
          callsPerRound: Number(values.calls),
          rounds: Number(values.rounds),
        };
        results.push(await compare(sampling as Sampling, plan));
      }
    }
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
}

async function compare(sampling: Sampling, plan: Plan): Promise<Result> {
  const title = `${sampling}, ${plan.load}, ${plan.inFlight} in flight, Node ${process.versions.node}`;
  const telemetry = startTelemetry(sampling);
  const metrics = startMetrics();
  if (sampling !== 'no SDK') {
    startContexts();
    const propagators = [new W3CTraceContextPropagator(), new W3CBaggagePropagator()];
    propagation.setGlobalPropagator(new CompositePropagator({ propagators }));
  }
  const { tracerProvider } = telemetry;
  const worlds: World[] = [
    await startWorld('bare', bare()),
    await startWorld('bare again', bare()),
    await startWorld('by hand', byHand(tracerProvider)),
    await startWorld('ours', ours(tracerProvider)),
    await startWorld('ours + metrics', ours(tracerProvider, metrics.meterProvider)),
    await startWorld('auto', bare(), autoInstrumentedGrpc(tracerProvider)),
  ];
  const figures = await measure(worlds, plan, (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${title}: ${done}/${plan.rounds} `);
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  console.log(`\n${title}\n${table(figures)}`);
  for (const world of worlds) world.close();
  await telemetry.shutdown();
  await metrics.shutdown();
  context.disable();
  propagation.disable();
  const { load, inFlight, callsPerRound } = plan;
  return { node: process.versions.node, sampling, load, inFlight, callsPerRound, figures };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
