import { randomNumbers } from './seeded.js';
import { SPAN_ID, TRACE_ID } from './text-map.js';

/** The caller's `grpc-trace-bin`. */
export const BINARY = Buffer.concat([
  Buffer.from([0, 0]),
  Buffer.from(TRACE_ID, 'hex'),
  Buffer.from([1]),
  Buffer.from(SPAN_ID, 'hex'),
  Buffer.from([2, 1]),
]);

/** Random bytes, or a right value with some bytes replaced, removed, inserted or repeated. */
export function byteStrings(right: Buffer[]): () => Buffer {
  const below = randomNumbers();
  const bytes = (count: number): Buffer => Buffer.from(Array.from({ length: count }, () => below(256)));
  return () => {
    let value = right[below(right.length)] ?? Buffer.alloc(0);
    if (below(4) === 0) return bytes(below(80));
    for (let changes = 1 + below(3); changes > 0; changes--) {
      const at = below(value.length + 1);
      const length = below(4);
      const inserted = below(8) === 0 ? value : bytes(below(3));
      value = Buffer.concat([value.subarray(0, at), inserted, value.subarray(at + length)]).subarray(0, 2000);
    }
    return value;
  };
}
