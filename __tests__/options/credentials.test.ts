import { Metadata } from '@grpc/grpc-js';
import type * as credentials from '../../lib/options/credentials.js';
import type * as tracing from '../../lib/index.js';
import { invoke } from '../../tools/invoke.js';
import { useEcho } from '../helpers/echo.js';
import { SIDES } from '../helpers/sides.js';
import { DiagLog, Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();

let log = new DiagLog();
beforeEach(() => {
  log = DiagLog.install();
});

/** A module as a process of its own loads it, which has told nothing yet. */
function fresh<Module extends object>(load: () => Module): Module {
  let loaded: Module | undefined;
  jest.isolateModules(() => {
    loaded = load();
  });
  if (loaded === undefined) throw new Error('nothing was loaded');
  return loaded;
}

/** What is told when a call comes whose metadata is to be captured by these keys. */
function toldOf(keys: readonly string[]): readonly string[] {
  const { toldCaptureOf } = fresh(() => jest.requireActual<typeof credentials>('../../lib/options/credentials.js'));
  toldCaptureOf(keys, [(key) => key])?.(new Metadata(), {});
  return log.hints;
}

const hintOf = (keys: string): string => `captureMetadata puts credentials on spans, leave them out: ${keys}.`;

it.each([
  'authorization',
  'Authorization',
  'proxy-authorization',
  'grpcgateway-authorization',
  'x-serverless-authorization',
  'cookie',
  'set-cookie',
  'grpcgateway-cookie',
  'api-key',
  'apikey',
  'X-API-Key',
  'x-goog-api-key',
  'x-auth-token',
  'x-access-token',
  'x-forwarded-access-token',
  'x-amz-security-token',
  'x-goog-iam-authorization-token',
])('%s is a credential', (key) => {
  expect(toldOf(['x-request-id', key])).toEqual([hintOf(key)]);
});

it.each([
  'x-request-id',
  'page-token',
  'next-page-token',
  'user-agent',
  'cookies',
  'x-authorization-kind',
  'reauthorization',
])('%s is none', (key) => {
  expect(toldOf([key])).toEqual([]);
});

it('all that are named are told together', () => {
  expect(toldOf(['Cookie', 'x-request-id', 'x-api-key'])).toEqual([hintOf('Cookie, x-api-key')]);
});

it.each(['request', 'response', 'trailer'] as const)(
  'of both sides one is told, at the first call, and both capture all the same: %s',
  async (part) => {
    const { tracingClientInterceptor, tracingServerInterceptor } = fresh(() =>
      jest.requireActual<typeof tracing>('../../lib/index.js'),
    );
    const telemetry = { client: new Telemetry(), server: new Telemetry() };
    const options = { captureMetadata: { [part]: ['authorization'] } };
    const secret = new Metadata();
    secret.set('authorization', 'Bearer secret');
    const rig = await echo.start({
      clientChain: () => [tracingClientInterceptor({ ...options, tracerProvider: telemetry.client.provider })],
      serverChain: () => [tracingServerInterceptor({ ...options, tracerProvider: telemetry.server.provider })],
      handlers: {
        Unary(call, callback) {
          call.sendMetadata(secret);
          callback(null, { text: 'hello' }, secret);
        },
      },
    });
    expect(log.hints).toEqual([]);
    for (let n = 0; n < 2; n++) {
      expect((await invoke(rig.client, 'Unary', { metadata: secret }).result).code).toBe(0);
    }
    expect(log.hints).toEqual([hintOf('authorization')]);
    const name = part === 'trailer' ? 'rpc.response.trailer.authorization' : `rpc.${part}.header.authorization`;
    for (const side of SIDES) {
      for (const { attributes } of await telemetry[side].spans(2)) expect(attributes[name]).toEqual(['Bearer secret']);
    }
  },
);
