import type { Metadata } from '@grpc/grpc-js';

/**
 * A copy that is what the original is: of its class, with its own fields and opaque data. grpc-js's `clone` makes plain
 * metadata of a subclass that has no `clone` of its own, and leaves behind whatever is not a header or an option.
 *
 * What cannot be had is the object itself, by which a WeakMap knows it, and the private `#fields` of a class.
 */
export function copyOf(metadata: Metadata): Metadata {
  const headers = metadata.clone();
  const kind: object | null = Object.getPrototypeOf(metadata) as object | null;
  if (kind === Object.getPrototypeOf(headers) && !leavesBehind(metadata, headers)) return headers;
  // The cast: it is of the class, and has all that the original and its clone have.
  const copy = Object.assign(Object.create(kind), headers) as Metadata;
  for (const name of Reflect.ownKeys(metadata)) {
    const field = Object.getOwnPropertyDescriptor(metadata, name);
    if (field !== undefined && !Object.hasOwn(headers, name)) Object.defineProperty(copy, name, ownCopy(field));
  }
  return copy;
}

/**
 * Asked for every call, and nearly always no: a list of all keys would cost more than the clone. A field of plain metadata
 * that is not enumerable is not looked for.
 */
function leavesBehind(metadata: Metadata, headers: Metadata): boolean {
  for (const name in metadata) if (!Object.hasOwn(headers, name)) return true;
  return Object.getOwnPropertySymbols(metadata).length > 0;
}

/** Opaque data is kept in a Map, and what is added to the copy's is not for the caller's object. */
function ownCopy(field: PropertyDescriptor): PropertyDescriptor {
  const value: unknown = field.value;
  return value instanceof Map ? { ...field, value: new Map(value) } : field;
}
