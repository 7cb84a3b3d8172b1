import {
  credentials,
  Metadata,
  ServerCredentials,
  status,
  type CallCredentials,
  type ChannelCredentials,
} from '@grpc/grpc-js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHAPES } from '../../tools/invoke.js';
import type { Calling, Scenario, Setup } from './scenario.js';

function pem(file: string): Buffer {
  return readFileSync(join(__dirname, '../helpers/certs', file));
}

const CA = pem('ca.pem');
const SERVER = { cert_chain: pem('server.pem'), private_key: pem('server.key') };
const CLIENT = [pem('client.key'), pem('client.pem')] as const;

function tls(client: () => ChannelCredentials, requireClient = false): Setup {
  return {
    serverCredentials: () => ServerCredentials.createSsl(CA, [SERVER], requireClient),
    clientCredentials: client,
    clientOptions: { 'grpc.ssl_target_name_override': 'localhost' },
  };
}

const trusting = (): ChannelCredentials => credentials.createSsl(CA);

function tokens(): CallCredentials {
  return credentials.createFromMetadataGenerator(({ service_url: url }, callback) => {
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer token for ${url.replace(/:\d+/, '')}`);
    // As a token that is fetched: later.
    setImmediate(() => callback(null, metadata));
  });
}

function failing(error: Error): CallCredentials {
  return credentials.createFromMetadataGenerator((_options, callback) => setImmediate(() => callback(error)));
}

function perCall(make: () => CallCredentials): Calling {
  return { options: () => ({ credentials: make() }) };
}

const DENIED = Object.assign(new Error('no token'), { code: status.PERMISSION_DENIED });

export const CREDENTIALS: readonly Scenario[] = SHAPES.flatMap((shape): Scenario[] => [
  { name: 'TLS', shape, setup: tls(trusting) },
  { name: 'TLS by name', shape, setup: { ...tls(trusting), clientOptions: {}, target: (port) => `localhost:${port}` } },
  { name: 'TLS with a certificate that is not trusted', shape, setup: tls(() => credentials.createSsl()) },
  {
    name: 'TLS with a certificate of another name',
    shape,
    setup: { ...tls(trusting), clientOptions: { 'grpc.ssl_target_name_override': 'another.example' } },
  },
  { name: 'mutual TLS', shape, setup: tls(() => credentials.createSsl(CA, ...CLIENT), true) },
  { name: 'mutual TLS without a certificate of the client', shape, setup: tls(trusting, true) },
  {
    name: 'call credentials of the channel',
    shape,
    setup: tls(() => credentials.combineChannelCredentials(trusting(), tokens())),
  },
  { name: 'call credentials of the call', shape, setup: tls(trusting), calling: perCall(tokens) },
  {
    name: 'call credentials of both',
    shape,
    setup: tls(() => credentials.combineChannelCredentials(trusting(), tokens())),
    calling: perCall(tokens),
  },
  {
    name: 'call credentials that fail',
    shape,
    setup: tls(trusting),
    calling: perCall(() => failing(new Error('no token'))),
  },
  {
    name: 'call credentials that fail with a code',
    shape,
    setup: tls(trusting),
    calling: perCall(() => failing(DENIED)),
  },
  { name: 'call credentials without TLS', shape, calling: perCall(tokens) },
]);
