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
  const left = fieldsLeftBehind(metadata, headers);
  if (kind === Object.getPrototypeOf(headers) && left.length === 0) return headers;
  // The cast: it is of the class, and has all that the original and its clone have.
  const copy = Object.assign(Object.create(kind), headers) as Metadata;
  for (const [name, field] of left) Object.defineProperty(copy, name, field);
  return copy;
}

type Field = readonly [name: PropertyKey, field: PropertyDescriptor];

function fieldsLeftBehind(metadata: Metadata, headers: Metadata): readonly Field[] {
  const left: Field[] = [];
  for (const name of Reflect.ownKeys(metadata)) {
    const field = Object.hasOwn(headers, name) ? undefined : Object.getOwnPropertyDescriptor(metadata, name);
    if (field !== undefined) left.push([name, ownCopy(field)]);
  }
  return left;
}

/** Opaque data is kept in a Map, and what is added to the copy's is not for the caller's object. */
function ownCopy(field: PropertyDescriptor): PropertyDescriptor {
  const value: unknown = field.value;
  return value instanceof Map ? { ...field, value: new Map(value) } : field;
}
