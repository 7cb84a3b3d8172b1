import { parseArgs } from 'node:util';

export interface StormArguments {
  readonly calls: number;
  readonly seed: number;
  /** Without interceptors: the control, which shows what grpc-js and Node do by themselves. */
  readonly bare: boolean;
}

const DEFAULT_CALLS = 20_000;

/** @throws TypeError for what is not `[calls] [--seed n] [--bare]`. */
export function stormArguments(argv: readonly string[]): StormArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { seed: { type: 'string', default: '1' }, bare: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [calls = String(DEFAULT_CALLS), ...rest] = positionals;
  if (rest.length > 0) throw new TypeError(`one number of calls, not also ${rest.join(' ')}`);
  return { calls: positiveInteger('calls', calls), seed: positiveInteger('--seed', values.seed), bare: values.bare };
}

function positiveInteger(name: string, text: string): number {
  const number = Number(text.replaceAll(/[_,]/g, ''));
  if (!Number.isSafeInteger(number) || number < 1) throw new TypeError(`${name}: an integer > 0, not ${text}`);
  return number;
}
