import type { Metadata } from '@grpc/grpc-js';

/** The headers that carry a trace, as they have arrived. */
export function traceHeaders(metadata: Metadata): string[] {
  return [
    ...metadata.get('traceparent').map((value) => `traceparent     ${String(value)}`),
    ...metadata.get('grpc-trace-bin').map((value) => `grpc-trace-bin  ${fields(Buffer.from(value))}`),
  ];
}

/** The 29 bytes in hex: version, then id and value of trace id, span id and flags. */
function fields(bytes: Buffer): string {
  return [0, 1, 2, 18, 19, 27, 28]
    .map((start, index, starts) => bytes.subarray(start, starts[index + 1]).toString('hex'))
    .join(' ');
}
