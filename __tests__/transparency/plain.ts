import { Metadata } from '@grpc/grpc-js';
import { createHash } from 'node:crypto';

/** What propagation adds to metadata: the one difference that is wanted. */
const PROPAGATED = new Set(['traceparent', 'tracestate', 'baggage']);
const LONGEST = 300;

/** What differs from run to run: ports, durations, and the parts of a deadline's details that only slow calls have. */
const PER_RUN: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/(127\.0\.0\.1|localhost|\[?::1\]?):\d+/g, '$1:port'],
  [/Deadline exceeded after .*/s, 'Deadline exceeded after …'],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a date'],
  [/^\d+[HMSmun]$/, 'a timeout'],
  [/^[0-9A-F]+:error:/gm, 'OpenSSL error:'],
  [/^.{3}, \d\d .{3} \d{4} \d\d:\d\d:\d\d GMT$/, 'a date'],
];

/** The name of the function in whose frame the application makes its calls. */
export const CALLER = 'theApplicationCalls';

/** Anything that an application may be handed, as something that can be compared and printed. */
export function plain(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? 'a function' : value;
  if (value instanceof Metadata) return plainMetadata(value);
  if (value instanceof Uint8Array) return `bytes ${plainText(Buffer.from(value).toString('base64'))}`;
  if (value instanceof Date) return 'a date';
  if (value instanceof Error) return plainError(value);
  if (Array.isArray(value)) return value.map(plain);
  return plainEntries(Object.entries(value));
}

function plainEntries(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(
    entries.filter(([key]) => !PROPAGATED.has(key)).map(([key, value]) => [key, plain(value)] as const),
  );
}

function plainText(text: string): string {
  const same = PER_RUN.reduce((changed, [pattern, replacement]) => changed.replace(pattern, replacement), text);
  return same.length > LONGEST ? `${same.length} characters, ${createHash('sha1').update(same).digest('hex')}` : same;
}

/** As a list, because the order of the keys is observable too. */
function plainMetadata(metadata: Metadata): unknown {
  const entries = Object.entries(metadata.toJSON()).filter(([key]) => !PROPAGATED.has(key));
  return { metadata: plain(entries), options: plain(metadata.getOptions()) };
}

function plainError(error: Error): unknown {
  return {
    error: error.name,
    message: plain(error.message),
    hasTheCallersFrame: error.stack?.includes(CALLER) ?? false,
    ...plainEntries(Object.entries(error).filter(([key]) => key !== 'stack')),
  };
}
