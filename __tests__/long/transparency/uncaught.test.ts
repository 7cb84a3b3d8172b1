import { RepositoryProgram } from '../../../tools/repository-program.js';
import { MAIN_MODES } from '../../transparency/modes.js';
import { UNCAUGHT } from '../../transparency/scenarios-uncaught.js';

const UNTRACED = 'none';
const MODES = MAIN_MODES.map(({ name }) => name);

/** By mode, the records of all scenarios, played in a process of their own. */
const records = new Map<string, readonly string[]>();

const recordsOf = (mode: string): readonly string[] => records.get(mode) ?? [];

beforeAll(async () => {
  const take = async (mode: string): Promise<void> => {
    const program = new RepositoryProgram('__tests__/transparency/uncaught-program.ts', { TRACING_MODE: mode });
    const { code, stdout, stderr } = await program.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
    records.set(mode, stdout);
  };
  // At the same time: what takes long is waiting.
  await Promise.all([UNTRACED, ...MODES].map(take));
});

describe('what nobody catches', () => {
  it('is taken down', () => {
    const untraced = recordsOf(UNTRACED);
    expect(untraced).toHaveLength(UNCAUGHT.length);
    const uncaught = untraced.filter((record) => record.includes('"process":'));
    // A handler that throws at once is the one that grpc-js catches.
    expect(uncaught).toHaveLength(UNCAUGHT.filter(({ name }) => name !== 'the handler throws at once').length);
  });

  it.each(MODES)('looks the same %s', (mode) => {
    const named = (of: readonly string[]): object[] =>
      UNCAUGHT.map(({ shape, name }, index) => ({
        shape,
        name,
        record: JSON.parse(of[index] ?? 'null') as unknown,
      }));
    expect(named(recordsOf(mode))).toEqual(named(recordsOf(UNTRACED)));
  });
});
