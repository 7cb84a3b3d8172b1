import type { Attributes } from '@opentelemetry/api';
import { inspect, isDeepStrictEqual } from 'node:util';

/** What is otherwise than wanted, as a phrase; none where it is the same. */
export function difference(what: string, actual: unknown, wanted: unknown): string[] {
  return isDeepStrictEqual(actual, wanted) ? [] : [`${what} is ${inspect(actual)}, not ${inspect(wanted)}`];
}

/** A phrase for each wanted attribute that is missing or has another value. Others may be there too. */
export function attributeDifferences(actual: Attributes | undefined, wanted: Attributes): string[] {
  return Object.entries(wanted).flatMap(([key, value]) => difference(key, actual?.[key], value));
}
