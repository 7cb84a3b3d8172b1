import { Metadata, status, type ClientOptions } from '@grpc/grpc-js';
import { SHAPES } from '../../tools/invoke.js';
import { retryPolicy } from '../helpers/retry-policy.js';
import { metadataOf } from './metadata-of.js';
import { PATIENCE_MS, soon } from './patience.js';
import type { Ending, Scenario, Setup } from './scenario.js';

const AGAIN: Ending = { error: { code: status.UNAVAILABLE, details: 'try again' } };

const RETRIES: readonly Scenario[] = SHAPES.flatMap((shape): Scenario[] => [
  {
    name: 'the second attempt succeeds',
    shape,
    serving: { firstEndings: [AGAIN], answers: [] },
    setup: { clientOptions: retryPolicy(['UNAVAILABLE']) },
  },
  {
    name: 'the third attempt succeeds and answers',
    shape,
    serving: { firstEndings: [AGAIN, AGAIN] },
    setup: { clientOptions: retryPolicy(['UNAVAILABLE']) },
  },
  {
    name: 'no attempt succeeds',
    shape,
    serving: { ending: AGAIN, answers: [] },
    setup: { clientOptions: retryPolicy(['UNAVAILABLE']) },
  },
  {
    name: 'the error is not to be retried',
    shape,
    serving: { ending: AGAIN, answers: [] },
    setup: { clientOptions: retryPolicy(['ABORTED']) },
  },
]);

function waiting(waitForReady: boolean): () => Metadata {
  return () => new Metadata({ waitForReady });
}

const SOON: ClientOptions = { 'grpc.initial_reconnect_backoff_ms': 10, 'grpc.min_reconnect_backoff_ms': 10 };
const REFUSED_ONCE: Setup = { refusing: 1, clientOptions: SOON };
const FROZEN: Setup = {
  refusing: 0,
  clientOptions: { 'grpc.keepalive_time_ms': 50, 'grpc.keepalive_timeout_ms': PATIENCE_MS },
};

const READINESS: readonly Scenario[] = SHAPES.flatMap((shape): Scenario[] => [
  { name: 'waitForReady has nothing to wait for', shape, calling: { metadata: waiting(true) } },
  { name: 'waitForReady outlasts a refusal', shape, calling: { metadata: waiting(true) }, setup: REFUSED_ONCE },
  {
    name: 'a refusal fails a call that does not wait',
    shape,
    calling: { metadata: waiting(false) },
    setup: REFUSED_ONCE,
  },
  {
    name: 'waitForReady ends at the deadline',
    shape,
    long: true,
    calling: { metadata: waiting(true), options: soon },
    setup: { target: () => 'dns:///no.such.host.invalid:1' },
  },
]);

const CONNECTIONS: readonly Scenario[] = SHAPES.flatMap((shape): Scenario[] => [
  { name: 'the target is a list of addresses', shape, setup: { target: (port) => `ipv4:127.0.0.1:${port}` } },
  { name: 'the target is a bad address', shape, setup: { target: () => 'ipv4:nowhere:1' } },
  {
    name: 'the authority is another one',
    shape,
    setup: { clientOptions: { 'grpc.default_authority': 'another.example:443' } },
  },
  { name: 'the host is given per call', shape, calling: { options: () => ({ host: 'per.call.example' }) } },
  {
    name: 'the user agent has more parts',
    shape,
    setup: { clientOptions: { 'grpc.primary_user_agent': 'mine/1', 'grpc.secondary_user_agent': 'theirs/2' } },
  },
  {
    name: 'keepalive pings are answered',
    shape,
    long: true,
    serving: { ending: 'hang' },
    calling: { options: soon },
    setup: { clientOptions: { 'grpc.keepalive_time_ms': 20, 'grpc.keepalive_permit_without_calls': 1 } },
  },
  {
    name: 'keepalive notices a dead connection',
    shape,
    long: true,
    serving: { headers: () => metadataOf({ 'x-response': ['early'] }), answers: [], ending: 'hang' },
    calling: { open: true },
    setup: FROZEN,
    when: { headers: ({ freeze }) => freeze() },
  },
  {
    name: 'the connection is too old and says GOAWAY',
    shape,
    long: true,
    serving: { headers: () => metadataOf({ 'x-response': ['early'] }), answers: [], ending: 'hang' },
    calling: { open: true },
    setup: { serverOptions: { 'grpc.max_connection_age_ms': PATIENCE_MS, 'grpc.max_connection_age_grace_ms': 20 } },
  },
]);

export const CONNECTED: readonly Scenario[] = [...RETRIES, ...READINESS, ...CONNECTIONS];
