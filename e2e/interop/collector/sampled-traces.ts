import { deepStrictEqual, equal } from 'node:assert/strict';
import { eventually } from '../../../tools/eventually.js';
import type { PartStage } from '../../../tools/run-on-stage.js';
import type { Figures } from './figures.js';
import { startFleet, stopCollectors } from './fleet.js';
import { compareKept, type Kept } from './kept.js';
import { costOf, decisionsOf, receivedBy, waitingIn } from './load.js';
import { tracesOf } from './recorded-trace.js';
import { makeTraffic, SPANS_PER_TRACE } from './traffic.js';
import { wireSizeOf } from './wire-size.js';

/** Sends so many traces through a fleet of its own. @throws where one is lost, torn or misjudged */
export async function sampleTraces(stage: PartStage, count: number): Promise<{ kept: Kept; figures: Figures }> {
  const fleet = await startFleet(stage);
  const { balancers, samplers, jaegers } = fleet;
  const before = { balancers: await costOf(balancers), samplers: await costOf(samplers) };

  const spans = await makeTraffic(count, [balancers[0].tracesUrl, balancers[1].tracesUrl]);
  const full = { ...(await costOf(samplers)), waiting: await waitingIn(samplers) };
  const recorded = tracesOf(spans);
  equal(recorded.length, count);
  equal(spans.length, count * SPANS_PER_TRACE);
  stage.step(`${spans.length} spans of ${count} traces sent`);

  const { decided, kept } = await eventually('decision on all traces', async () => {
    const decisions = await decisionsOf(samplers);
    return decisions.decided >= count ? decisions : undefined;
  });
  // Once each: a torn trace would have been decided by both.
  equal(decided, count);
  for (const tier of [balancers, samplers]) {
    deepStrictEqual(await receivedBy(tier), { accepted: spans.length, refused: 0 });
  }
  const after = { balancers: await costOf(balancers), samplers: await costOf(samplers) };
  await stopCollectors(fleet);

  const shown = await Promise.all(jaegers.map(({ query }) => query.traces('visitor')));
  equal(shown.flat().length, kept);
  const micros = (tier: 'balancers' | 'samplers') =>
    ((after[tier].cpuSeconds - before[tier].cpuSeconds) / spans.length) * 1e6;
  return {
    kept: compareKept(recorded, shown),
    figures: {
      wire: await wireSizeOf(spans),
      balancerMicros: micros('balancers'),
      samplerMicros: micros('samplers'),
      samplerBytes: (full.residentBytes - before.samplers.residentBytes) / (full.waiting * SPANS_PER_TRACE),
      keptShare: kept / count,
    },
  };
}
