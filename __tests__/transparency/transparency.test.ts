import { SHAPES } from '../../tools/invoke.js';
import { useContextManager } from '../helpers/async-context.js';
import { otherClient } from '../helpers/chain.js';
import { MAIN_MODES, OTHER_MODES, type Mode } from './modes.js';
import type { Scenario } from './scenario.js';
import { SCENARIOS } from './scenarios.js';
import { UNCAUGHT } from './scenarios-uncaught.js';
import { play } from './stage.js';

useContextManager();

const COUNT = SCENARIOS.length + UNCAUGHT.length;

it(`there are ${COUNT} scenarios, each of its own name`, () => {
  expect(COUNT).toBeGreaterThanOrEqual(150);
  expect(new Set([...SCENARIOS, ...UNCAUGHT].map(({ shape, name }) => `${shape}: ${name}`)).size).toBe(COUNT);
});

/** Each scenario is played with tracing, with all that tracing can do, and with one of the other modes in turn. */
function modesOf(index: number): readonly Mode[] {
  const turn = OTHER_MODES[index % OTHER_MODES.length];
  return turn === undefined ? MAIN_MODES : [...MAIN_MODES, turn];
}

const ROWS = SCENARIOS.map((scenario, index) => ({ ...scenario, modes: modesOf(index) }));

describe.each(SHAPES)('a %s call looks the same', (shape) => {
  it.each(ROWS.filter((row) => row.shape === shape))('when $name', async ({ modes, ...scenario }) => {
    const [untraced, ...runs] = await Promise.all([undefined, ...modes].map((mode) => play(scenario, mode)));
    for (const [index, mode] of modes.entries()) {
      const run = runs[index];
      const traced = (scenario.leavesSpans ?? true) && mode.leavesSpans;
      expect({ mode: mode.name, record: run?.record }).toEqual({ mode: mode.name, record: untraced?.record });
      expect({ mode: mode.name, spans: Number(run?.spans) > 0 }).toEqual({ mode: mode.name, spans: traced });
    }
  });
});

describe('the one difference', () => {
  const WRITING: Scenario = {
    name: 'an interceptor below writes into the metadata that it is handed',
    shape: 'Unary',
    setup: {
      clientChain: (tracing) => [
        ...tracing,
        otherClient('writing', { in: [], out: [] }, { metadata: (metadata) => metadata.set('x-written', 'yes') }),
      ],
    },
  };
  const PASSED = 'keys of the metadata that was passed';

  it("is for the better: what an interceptor writes no longer shows in the caller's own metadata", async () => {
    const [untraced, traced] = [await play(WRITING), await play(WRITING, MAIN_MODES[0])];
    expect(untraced.record['client']).toContainEqual([PASSED, 'call 1', ['x-written']]);
    expect(traced.record['client']).toContainEqual([PASSED, 'call 1', []]);
    expect(traced.record['handler']).toEqual(untraced.record['handler']);
  });
});
