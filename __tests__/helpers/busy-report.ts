/** What the program busy-server.ts tells when its input ends. */
export interface BusyReport {
  /** How late its event loop was at the most, in milliseconds: between two looks at it, so a little more than that. */
  readonly longestDelayMs: number;
  /** The codes of its spans, by the ids that their calls brought. */
  readonly codes: Readonly<Record<string, string>>;
}

/** The key of the ids, in the calls' metadata. */
export const CALL_ID = 'call-id';
