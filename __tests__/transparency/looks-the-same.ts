import { SHAPES } from '../../tools/invoke.js';
import { MAIN_MODES, OTHER_MODES, type Mode } from './modes.js';
import { SCENARIOS } from './scenarios.js';
import { play } from './stage.js';

/** Each scenario is played with tracing, with all that tracing can do, and with one of the other modes in turn. */
function modesOf(index: number): readonly Mode[] {
  const turn = OTHER_MODES[index % OTHER_MODES.length];
  return turn === undefined ? MAIN_MODES : [...MAIN_MODES, turn];
}

const ROWS = SCENARIOS.map((scenario, index) => ({ ...scenario, modes: modesOf(index) }));

/** A test for each scenario that takes long, or for each that does not. */
export function looksTheSame(takesLong: boolean): void {
  const rows = ROWS.filter(({ long = false }) => long === takesLong);
  describe.each(SHAPES)('a %s call looks the same', (shape) => {
    it.each(rows.filter((row) => row.shape === shape))('when $name', async ({ modes, ...scenario }) => {
      const [untraced, ...runs] = await Promise.all([undefined, ...modes].map((mode) => play(scenario, mode)));
      for (const [index, mode] of modes.entries()) {
        const run = runs[index];
        const traced = (scenario.leavesSpans ?? true) && mode.leavesSpans;
        expect({ mode: mode.name, record: run?.record }).toEqual({ mode: mode.name, record: untraced?.record });
        expect({ mode: mode.name, spans: Number(run?.spans) > 0 }).toEqual({ mode: mode.name, spans: traced });
      }
    });
  });
}
