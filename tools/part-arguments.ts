import { parseArgs } from 'node:util';

/**
 * The parts that were asked for by name; none = every part whose toolchains are there.
 *
 * @throws TypeError for what is not a part
 */
export function partArguments(argv: readonly string[], known: readonly string[]): readonly string[] {
  const { positionals } = parseArgs({ args: [...argv], allowPositionals: true });
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new TypeError(`no part ${unknown.join(', ')}; there are ${known.join(', ')}`);
  return positionals;
}
