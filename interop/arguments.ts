import { parseArgs } from 'node:util';

export interface InteropArguments {
  /** The parts that were asked for by name; none = every part whose toolchains are there. */
  readonly names: readonly string[];
  /** Write the README's matrix even if it lacks rows. */
  readonly write: boolean;
}

/** @throws TypeError for what is not `[--write] [part ...]`. */
export function interopArguments(argv: readonly string[], known: readonly string[]): InteropArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { write: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new TypeError(`no part ${unknown.join(', ')}; there are ${known.join(', ')}`);
  return { names: positionals, write: values.write };
}
