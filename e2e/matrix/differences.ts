/** Rows in which grpc-js or a runtime itself answers otherwise, whoever traces. */
export interface KnownDifference {
  /** Of the runtime's name. */
  readonly runtime?: RegExp;
  /** Of grpc-js's release, as the column names it. */
  readonly grpc?: RegExp;
  /** Of what the suite prints about the row: what was expected and what came. */
  readonly failure: RegExp;
  readonly reason: string;
}

/** Measured, not guessed. No version of grpc-js on Node or Deno has one. */
const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    runtime: /^Bun /,
    grpc: /^1\.1[234]$/,
    failure:
      /^forced shutdown, \w+, by \w+: (caller: expected 1, got 14|CLIENT span: expected .*, CANCELLED, error, got .*, UNAVAILABLE, error)$/,
    reason:
      'on Bun the caller gets UNAVAILABLE, not CANCELLED, when the server is shut down by force; the span says so',
  },
];

/** Why a row fails in a cell; undefined where nothing explains it. */
export function reasonFor(runtime: string, grpc: string, failure: string): string | undefined {
  return KNOWN_DIFFERENCES.find(
    (known) =>
      (known.runtime?.test(runtime) ?? true) && (known.grpc?.test(grpc) ?? true) && known.failure.test(failure),
  )?.reason;
}
