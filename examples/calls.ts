import * as grpc from '@grpc/grpc-js';

type Status = Pick<grpc.StatusObject, 'code' | 'details'>;

/** What a handler throws to end its call with a status of its choice. */
export class Refusal extends Error implements Status {
  readonly code: grpc.status;
  readonly details: string;

  constructor(code: grpc.status, details: string) {
    super(details);
    this.code = code;
    this.details = details;
  }
}

/** A unary call as a promise. */
export function reply<Reply>(start: (callback: grpc.requestCallback<Reply>) => grpc.ClientUnaryCall): Promise<Reply> {
  return new Promise((resolve, reject) => {
    start((error, value) => {
      if (error) reject(error);
      else if (value === undefined) reject(new Error('neither an error nor a reply'));
      else resolve(value);
    });
  });
}

/** A unary handler that is an async function: grpc-js itself ignores the promise, and with it what was thrown. */
export function answering<Request, Reply>(
  answer: (call: grpc.ServerUnaryCall<Request, Reply>) => Promise<Reply>,
): grpc.handleUnaryCall<Request, Reply> {
  return (call, callback) => {
    answer(call).then(
      (value) => callback(null, value),
      (error: unknown) => callback(statusOf(error)),
    );
  };
}

/** The status to end a call with because of this error: that of the call that failed, where it was one. */
export function statusOf(error: unknown): Status {
  return hasStatus(error)
    ? { code: error.code, details: error.details }
    : { code: grpc.status.UNKNOWN, details: String(error) };
}

function hasStatus(error: unknown): error is Status {
  if (!(error instanceof Error && 'code' in error && 'details' in error)) return false;
  return typeof error.code === 'number' && typeof error.details === 'string';
}

export function hasCode(error: unknown, code: grpc.status): boolean {
  return statusOf(error).code === code;
}
