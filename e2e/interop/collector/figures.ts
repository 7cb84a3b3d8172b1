import { table } from '../../../tools/table.js';
import type { WireSize } from './wire-size.js';

/** What `docs/scaling.md` reckons with. */
export interface Figures {
  readonly wire: WireSize;
  /** CPU time a span, of all load-balancing collectors together. */
  readonly balancerMicros: number;
  /** CPU time a span, of all sampling collectors together. */
  readonly samplerMicros: number;
  /** Memory of the sampling collectors for each span that waits for its trace. */
  readonly samplerBytes: number;
  /** Of the traces. */
  readonly keptShare: number;
}

export function figuresTable({ wire, balancerMicros, samplerMicros, samplerBytes, keptShare }: Figures): string {
  return table(
    ['measured', 'value'],
    [
      ['bytes a span, OTLP protobuf', wire.plain.toFixed(0)],
      ['bytes a span, OTLP protobuf with gzip', wire.gzip.toFixed(0)],
      ['CPU µs a span, load-balancing collectors', balancerMicros.toFixed(1)],
      ['CPU µs a span, sampling collectors', samplerMicros.toFixed(1)],
      ['bytes of memory a waiting span, sampling collectors', samplerBytes.toFixed(0)],
      ['traces kept', `${(keptShare * 100).toFixed(1)} %`],
    ],
  );
}
