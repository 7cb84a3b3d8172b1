import { Metadata } from '@grpc/grpc-js';
import type { Attributes } from '@opentelemetry/api';
import { addPreviousAttempts } from '../../lib/conventions/previous-attempts.js';

function saying(attempts: string): Metadata {
  const metadata = new Metadata();
  metadata.set('grpc-previous-rpc-attempts', attempts);
  return metadata;
}

it.each<[what: string, metadata: Metadata | undefined, expected: Attributes]>([
  ['one', saying('1'), { 'previous-rpc-attempts': 1 }],
  ['more than a policy allows', saying('12'), { 'previous-rpc-attempts': 12 }],
  ['nine digits', saying('999999999'), { 'previous-rpc-attempts': 999_999_999 }],
  ['leading zeros', saying('07'), { 'previous-rpc-attempts': 7 }],
  ['ten digits', saying('1000000000'), {}],
  ['none', saying('0'), {}],
  ['no header', new Metadata(), {}],
  ['no metadata, as an interceptor in plain JavaScript may end a call', undefined, {}],
])('how many attempts came before: %s', (_what, metadata, expected) => {
  const attributes: Attributes = {};
  addPreviousAttempts(attributes, metadata);
  expect(attributes).toEqual(expected);
});
