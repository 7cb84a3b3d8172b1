import { useContextManager } from '../helpers/async-context.js';
import { otherClient } from '../helpers/chain.js';
import { looksTheSame } from './looks-the-same.js';
import { MAIN_MODES } from './modes.js';
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

looksTheSame(false);

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
