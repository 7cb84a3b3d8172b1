import { status } from '@grpc/grpc-js';
import { NO_STATUS } from './caller.js';
import { NONE, type ToldCodes } from './codes.js';

/** How often a SERVER span says another code than its client got. */
export interface Difference {
  readonly client: number;
  readonly server: number;
  readonly calls: number;
}

export function codeName(code: number): string {
  if (code === NO_STATUS) return 'no status';
  return status[code] ?? String(code);
}

export function countBy<Key>(keys: Iterable<Key>): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** The calls that have a SERVER span whose code is not the one that the client got, by pair, most frequent first. */
export function differences({ caller, server }: ToldCodes): Difference[] {
  const pairs = new Map<string, Difference>();
  for (const [number, code] of server.entries()) {
    const client = caller[number] ?? NONE;
    if (code === NONE || code === client) continue;
    const key = `${client} ${code}`;
    pairs.set(key, { client, server: code, calls: (pairs.get(key)?.calls ?? 0) + 1 });
  }
  return [...pairs.values()].sort((one, other) => other.calls - one.calls);
}

/** How many CLIENT spans say another code than the application was told. There is no excuse for one. */
export function wrongClientSpans({ caller, client }: ToldCodes): number {
  return caller.reduce((wrong, code, number) => (client[number] === code ? wrong : wrong + 1), 0);
}
