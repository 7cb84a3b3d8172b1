import { status } from '@grpc/grpc-js';

/** No code has been told. */
export const NONE = -1;

const CODES = new Map(
  Object.entries(status).flatMap(([name, code]) => (typeof code === 'number' ? [[name, code] as const] : [])),
);

/** The code that a span tells by its name, or by its number where gRPC has not defined it. */
export function codeOf(name: unknown): number {
  if (typeof name !== 'string') return NONE;
  return CODES.get(name) ?? Number(name);
}

/** What was told about every call, by its number. One byte each, allocated once: it must not look like a leak. */
export class ToldCodes {
  /** What the application got. */
  readonly caller: Int8Array;
  /** What the CLIENT span says. */
  readonly client: Int8Array;
  /** What the last SERVER span says; a call that never arrived has none. */
  readonly server: Int8Array;

  constructor(calls: number) {
    this.caller = new Int8Array(calls).fill(NONE);
    this.client = new Int8Array(calls).fill(NONE);
    this.server = new Int8Array(calls).fill(NONE);
  }
}
