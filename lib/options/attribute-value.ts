/**
 * Whether the spans of some SDK can hold this: SDK 3 what the specification calls AnyValue, of which SDK 2 has but strings,
 * numbers, booleans and lists of one of these. `undefined` is an attribute that is not there.
 *
 * Source: https://opentelemetry.io/docs/specs/otel/common/#anyvalue
 */
export function isAttributeValue(value: unknown, within: readonly object[] = []): boolean {
  if (typeof value !== 'object') return PRIMITIVES.includes(typeof value);
  if (value === null || value instanceof Uint8Array) return true;
  if (within.includes(value) || !(Array.isArray(value) || isRecord(value))) return false;
  return Object.values(value).every((part) => isAttributeValue(part, [...within, value]));
}

const PRIMITIVES = ['string', 'number', 'boolean', 'undefined'];

/** Not of a class, such as Date or Error. Objects of other realms have another Object. */
function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
