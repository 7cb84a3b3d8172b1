import type { Metadata } from '@grpc/grpc-js';
import type { Attributes } from '@opentelemetry/api';
import { ATTR_PREVIOUS_RPC_ATTEMPTS } from './semconv.js';

const HEADER = 'grpc-previous-rpc-attempts';
const DIGITS = /^\d{1,9}$/;

/**
 * How many attempts came before this one, where there were any: servers get it with each further attempt, and grpc-js
 * tells its own callers with the response. Name from gRFC A72.
 *
 * @param metadata - undefined where an interceptor in plain JavaScript ends a call without any
 */
export function addPreviousAttempts(attributes: Attributes, metadata: Metadata | undefined): void {
  const value = metadata?.get(HEADER)[0];
  if (typeof value !== 'string' || !DIGITS.test(value)) return;
  const attempts = Number(value);
  if (attempts > 0) attributes[ATTR_PREVIOUS_RPC_ATTEMPTS] = attempts;
}
