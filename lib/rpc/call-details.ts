/** What is known of a call beside its method and its metadata, as hooks and functions for attributes get it. */
export interface CallDetails {
  /** When the caller stops waiting; undefined where it waits forever. On the server by its own clock. */
  readonly deadline: Date | undefined;
}

/** What whoever does not ask is not told. */
export const NO_DETAILS: CallDetails = Object.freeze({ deadline: undefined });

/** @param deadline - as grpc-js has it: a date, or milliseconds since the epoch, infinite where there is none */
export function callDetails(deadline: Date | number | undefined): CallDetails {
  const date = new Date(Number(deadline));
  // What is too far away for a date is never, too.
  return Number.isNaN(date.getTime()) ? NO_DETAILS : { deadline: date };
}
