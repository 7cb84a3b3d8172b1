import * as stable from '@opentelemetry/semantic-conventions';
import * as incubating from '@opentelemetry/semantic-conventions/incubating';
import { devDependencies } from '../../package.json';
import * as semconv from '../../lib/conventions/semconv.js';

type Names = Readonly<Record<string, unknown>>;

/** A name, or what a name made of a key is for one key. */
const written = (name: unknown): unknown => (isTemplate(name) ? name('<key>') : name);

const isTemplate = (name: unknown): name is (key: string) => string => typeof name === 'function';

const valuesOf = (names: Names): Record<string, unknown> =>
  Object.fromEntries(Object.entries(names).map(([constant, name]) => [constant, written(name)]));

const OURS = valuesOf(semconv);
const STABLE = valuesOf(stable);
const INCUBATING = valuesOf(incubating);

/** Which are which is said here once more, so that a name that becomes stable, or ceases to be, is noticed. */
const EXPECTED_STABLE = [
  'ATTR_ERROR_TYPE',
  'ATTR_EXCEPTION_MESSAGE',
  'ATTR_EXCEPTION_TYPE',
  'ATTR_NETWORK_PEER_ADDRESS',
  'ATTR_NETWORK_PEER_PORT',
  'ATTR_RPC_METHOD',
  'ATTR_RPC_STATUS_CODE',
  'ATTR_RPC_SYSTEM_NAME',
  'ATTR_SERVER_ADDRESS',
  'ATTR_SERVER_PORT',
  'EVENT_EXCEPTION',
  'METRIC_RPC_CLIENT_CALL_DURATION',
  'METRIC_RPC_SERVER_CALL_DURATION',
  'RPC_SYSTEM_NAME_VALUE_GRPC',
];
const EXPECTED_INCUBATING = [
  'ATTR_CLIENT_SERVICE_NAME',
  'ATTR_PEER_SERVICE',
  'ATTR_RPC_GRPC_REQUEST_METADATA',
  'ATTR_RPC_GRPC_RESPONSE_METADATA',
  'ATTR_RPC_GRPC_STATUS_CODE',
  'ATTR_RPC_REQUEST_HEADER',
  'ATTR_RPC_RESPONSE_HEADER',
  'ATTR_RPC_RESPONSE_TRAILER',
  'ATTR_RPC_SERVICE',
  'ATTR_RPC_SYSTEM',
  'EVENT_RPC_CLIENT_CALL_EXCEPTION',
  'EVENT_RPC_SERVER_CALL_EXCEPTION',
  'METRIC_RPC_CLIENT_DURATION',
  'METRIC_RPC_SERVER_DURATION',
  'RPC_SYSTEM_VALUE_GRPC',
];
/** Names of gRFC A72, which the conventions do not have. */
const A72 = {
  ATTR_MESSAGE_SIZE: 'message-size',
  ATTR_PREVIOUS_RPC_ATTEMPTS: 'previous-rpc-attempts',
  ATTR_SEQUENCE_NUMBER: 'sequence-number',
  EVENT_INBOUND_MESSAGE: 'Inbound message',
  EVENT_OUTBOUND_MESSAGE: 'Outbound message',
};

/** Names that the conventions do not have, of OpenTelemetry's Java instrumentation or by the pattern of others. */
const OTHERS = {
  ATTR_GRPC_RECEIVED_MESSAGE_COUNT: 'grpc.received.message_count',
  ATTR_GRPC_SENT_MESSAGE_COUNT: 'grpc.sent.message_count',
  METRIC_RPC_CLIENT_ACTIVE_REQUESTS: 'rpc.client.active_requests',
  METRIC_RPC_SERVER_ACTIVE_REQUESTS: 'rpc.server.active_requests',
};
/** What the conventions have words, and the package no constants for. */
const WRITTEN = {
  RPC_METHOD_VALUE_OTHER: '_OTHER',
  SCHEMA_URL: `https://opentelemetry.io/schemas/${devDependencies['@opentelemetry/semantic-conventions'].replace(/\.\d+$/, '.0')}`,
};

test.each(EXPECTED_STABLE)('%s is stable and has that value', (constant) => {
  expect(OURS[constant]).toBe(STABLE[constant]);
});

test.each(EXPECTED_INCUBATING)('%s has its value in the incubating entry, and is not stable', (constant) => {
  expect(OURS[constant]).toBe(INCUBATING[constant]);
  expect(STABLE).not.toHaveProperty(constant);
});

test('every other name is one of these', () => {
  const known = new Set([...EXPECTED_STABLE, ...EXPECTED_INCUBATING]);
  const others = Object.entries(OURS).filter(([constant]) => !known.has(constant));
  expect(Object.fromEntries(others)).toStrictEqual({ ...A72, ...OTHERS, ...WRITTEN });
});

test('every list above names something that exists', () => {
  expect(Object.keys(OURS)).toEqual(expect.arrayContaining([...EXPECTED_STABLE, ...EXPECTED_INCUBATING]));
});

test('a name that the conventions do not have takes none of theirs', () => {
  const taken = new Set([...Object.values(STABLE), ...Object.values(INCUBATING)]);
  expect(Object.values({ ...A72, ...OTHERS }).filter((name) => taken.has(name))).toStrictEqual([]);
});

test('no two constants have one value but the two values `grpc`', () => {
  const names = Object.entries(OURS).filter(([constant]) => !constant.includes('_VALUE_'));
  expect(new Set(names.map(([, name]) => name)).size).toBe(names.length);
});

test('every stable RPC attribute and metric is either emitted here or left out for a reason', () => {
  const rpc = Object.keys(STABLE).filter((constant) => /^(ATTR|METRIC)_RPC_/.test(constant));
  const leftOut = [
    // For a server that answers methods it does not know: grpc-js lets no interceptor see such a call.
    'ATTR_RPC_METHOD_ORIGINAL',
  ];
  expect(rpc.filter((constant) => !(constant in OURS))).toStrictEqual(leftOut);
});
