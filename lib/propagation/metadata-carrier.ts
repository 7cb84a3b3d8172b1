import type { Metadata, MetadataValue } from '@grpc/grpc-js';
import type { TextMapGetter, TextMapSetter } from '@opentelemetry/api';
import { report } from '../diagnostics/report.js';
import { trimOws } from './header-text.js';

// Both base64 alphabets, padded or not: gRPC peers leave the padding out, other propagators do not.
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

function isPseudoHeader(key: string): boolean {
  return key.startsWith(':');
}

function isBinaryKey(key: string): boolean {
  return key.toLowerCase().endsWith('-bin');
}

function toText(value: MetadataValue): string {
  return typeof value === 'string' ? value : value.toString('base64');
}

function toMetadataValue(key: string, value: string): MetadataValue {
  // A propagator in plain JavaScript may pass anything; grpc-js would accept `undefined` and fail when the call starts.
  if (typeof value !== 'string') throw new TypeError(`the value is ${typeof value}, not a string`);
  // White space around a value is no part of it (RFC 9110, section 5.5). Sent, it would cost the header: HTTP/2 calls it
  // malformed (RFC 9113, section 8.2.1), and Node drops it on arrival.
  const text = trimOws(value);
  if (!isBinaryKey(key)) return text;
  if (!BASE64.test(text)) throw new TypeError('the value of a binary header is not base64');
  return Buffer.from(text, 'base64');
}

/**
 * Reads gRPC metadata for a propagator.
 *
 * - A key that is there once gives a string, a repeated key an array in the order of arrival, a missing key `undefined`.
 * - Keys are case-insensitive.
 * - The bytes of a `-bin` key come as padded base64 (gRFC A72, "Propagator Wire format").
 * - HTTP/2 pseudo-headers (`:path` and the like) are never there.
 *
 * @category Propagate contexts
 *
 * @example
 * ```ts
 * const caller = propagation.extract(ROOT_CONTEXT, metadata, metadataGetter);
 * ```
 */
export const metadataGetter: TextMapGetter<Metadata> = {
  keys(carrier) {
    return Object.keys(carrier.toJSON()).filter((key) => !isPseudoHeader(key));
  },

  get(carrier, key) {
    if (isPseudoHeader(key)) return undefined;
    const values = carrier.get(key);
    const first = values[0];
    if (first === undefined) return undefined;
    return values.length === 1 ? toText(first) : values.map(toText);
  },
};

/**
 * Writes a propagator's headers into gRPC metadata, replacing what the key held.
 *
 * - The value of a `-bin` key is base64 text and becomes bytes (gRFC A72, "Propagator Wire format").
 * - White space around a value is left out.
 * - Never throws. A header that cannot be sent (an illegal key or value, a pseudo-header, broken base64) is dropped,
 *   with the value that the key held before, which belongs to another call; `diag` is told.
 *
 * @category Propagate contexts
 *
 * @example
 * ```ts
 * propagation.inject(context.active(), metadata, metadataSetter);
 * ```
 */
export const metadataSetter: TextMapSetter<Metadata> = {
  set(carrier, key, value) {
    try {
      if (isPseudoHeader(key)) throw new TypeError('pseudo-headers are not metadata');
      carrier.set(key, toMetadataValue(key, value));
    } catch (error) {
      carrier.remove(key);
      report(`the header ${JSON.stringify(key)} is not sent`, error);
    }
  },
};
