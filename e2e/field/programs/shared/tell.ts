import type { Exchange } from '../../exchange.js';

/** Prints what a program has to tell. */
export function tell(seen: Exchange['seen'], spans: Exchange['spans'] = []): void {
  console.log(JSON.stringify({ seen, spans } satisfies Exchange));
}
