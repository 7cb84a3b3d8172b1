import { RepositoryProgram } from '../../tools/repository-program.js';
import { MAIN_MODES } from './modes.js';
import { UNCAUGHT } from './scenarios-uncaught.js';

/** The records of all scenarios, played in a process of their own. */
async function recordsOf(mode: string): Promise<readonly string[]> {
  const program = new RepositoryProgram('__tests__/transparency/uncaught-program.ts', { TRACING_MODE: mode });
  const { code, stdout, stderr } = await program.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
  return stdout;
}

describe('what nobody catches', () => {
  let untraced: readonly string[] = [];
  beforeAll(async () => {
    untraced = await recordsOf('none');
  });

  it('is taken down', () => {
    expect(untraced).toHaveLength(UNCAUGHT.length);
    const uncaught = untraced.filter((record) => record.includes('"process":'));
    // A handler that throws at once is the one that grpc-js catches.
    expect(uncaught).toHaveLength(UNCAUGHT.filter(({ name }) => name !== 'the handler throws at once').length);
  });

  it.each(MAIN_MODES.map(({ name }) => name))('looks the same %s', async (mode) => {
    const traced = await recordsOf(mode);
    const named = (records: readonly string[]): object[] =>
      UNCAUGHT.map(({ shape, name }, index) => ({
        shape,
        name,
        record: JSON.parse(records[index] ?? 'null') as unknown,
      }));
    expect(named(traced)).toEqual(named(untraced));
  });
});
