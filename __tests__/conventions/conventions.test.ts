import { invoke } from '../../tools/invoke.js';
import { useEcho, type EchoRig } from '../helpers/echo.js';
import { behave, type Behaviour } from '../helpers/echo-handlers.js';
import { LogRecords } from '../helpers/log-records.js';
import { Measurements, secondsOf } from '../helpers/measurements.js';
import { plainSpan } from '../helpers/plain-span.js';
import { RecordingSampler } from '../helpers/recording-sampler.js';
import { callsOver, telemetryOf, tracingOn } from '../helpers/sides.js';
import { Telemetry } from '../helpers/telemetry.js';
import { goldenMetrics } from './golden/metrics.js';
import { MODES, OUTCOMES, SIDES } from './golden/outcomes.js';
import { goldenRecords } from './golden/record.js';
import { goldenScope } from './golden/scope.js';
import { goldenSpan, START } from './golden/span.js';

const echo = useEcho();

async function makeCall(rig: EchoRig, behaviour: Behaviour): Promise<void> {
  const { call, result } = invoke(rig.client, 'Unary', { metadata: behave(behaviour) });
  await rig.serverTelemetry.started(1);
  // All other handlers end the call by themselves.
  if (behaviour === 'hang') call.cancel();
  await result;
  await callsOver(rig);
}

describe.each(MODES)('with the %s conventions', (semanticConventions) => {
  describe.each(OUTCOMES)('a call that ends with $outcome', (outcome) => {
    it.each(SIDES)('leaves this span, these metrics and these records on the %s, and nothing else', async (side) => {
      const measurements = new Measurements();
      const records = new LogRecords();
      const tracing = {
        semanticConventions,
        meterProvider: measurements.provider,
        loggerProvider: records.provider,
        errorEvents: 'dup',
        activeCalls: true,
      } as const;
      const rig = await echo.start(tracingOn(side, tracing));
      await makeCall(rig, outcome.behaviour);

      const spans = await telemetryOf(rig, side).spans(1);
      expect(spans.map(plainSpan)).toStrictEqual([goldenSpan(semanticConventions, side, outcome, rig.port)]);
      expect(spans.map(({ instrumentationScope }) => instrumentationScope)).toStrictEqual([
        goldenScope(semanticConventions),
      ]);

      const [seconds = NaN] = spans.map(({ duration }) => secondsOf(duration));
      expect(await measurements.metrics(3)).toStrictEqual(
        goldenMetrics(semanticConventions, side, outcome, rig.port, seconds),
      );

      expect(records.all).toStrictEqual(goldenRecords(semanticConventions, side, outcome, spans[0]?.spanContext()));
    });
  });

  it.each(SIDES)('a sampler of the %s sees at the start all that is known then', async (side) => {
    const sampler = new RecordingSampler();
    const rig = await echo.start(tracingOn(side, { semanticConventions }, new Telemetry(sampler)));
    await invoke(rig.client, 'Unary').result;
    expect(sampler.seen).toStrictEqual([START[semanticConventions](rig.port)[side]]);
  });
});
