/** The entry of the baggage that every handler reports. */
export const BAGGAGE_KEY = 'tenant';

/** Wants encoding on its way, and tells encodings apart. */
export const BAGGAGE_VALUE = 'blå, 100% + grön=ja';

/** What a handler saw of the call's context: one JSON line of its answer. */
export interface Visit {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
  readonly baggage: string;
}

/** The visits that one answer tells of, in the order of the route. */
export function visitsIn(answer: string): Visit[] {
  // Every peer writes these lines so.
  return answer.split('\n').map((line) => JSON.parse(line) as Visit);
}

/** Addresses, in the order in which they are to be called; each peer on the way takes the first off. */
export function route(addresses: readonly string[]): string {
  return addresses.join(' ');
}

export function nextOnRoute(text: string): { readonly next: string; readonly rest: string } {
  const [next = '', ...rest] = text.split(' ');
  return { next, rest: rest.join(' ') };
}
