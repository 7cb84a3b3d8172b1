import { Metadata, status } from '@grpc/grpc-js';
import type { Attributes } from '@opentelemetry/api';
import { once } from 'node:events';
import { connect, type ClientHttp2Session } from 'node:http2';
import { invoke } from '../../tools/invoke.js';
import { useEcho, type EchoMethods } from '../helpers/echo.js';
import { measured, NAMES, SIDES } from '../helpers/measured.js';

const echo = useEcho();

const MANY = 1000;
const NUMBERS = Array.from({ length: MANY }, (_, number) => number);
/** How many are under way at a time. */
const BATCH = 50;

async function forMany<T>(act: (number: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  while (results.length < MANY) {
    const batch = NUMBERS.slice(results.length, results.length + BATCH);
    results.push(...(await Promise.all(batch.map(act))));
  }
  return results;
}

/** Makes a call by a connection of its own, under the given name for the server. */
async function callByHand(port: number, authority: string): Promise<ClientHttp2Session> {
  const session = connect(`http://127.0.0.1:${port}`);
  const stream = session.request({
    ':method': 'POST',
    ':path': '/test.Echo/Bidi',
    ':authority': authority,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.resume().end();
  await once(stream, 'close');
  return session;
}

const distinct = (values: readonly unknown[]): number => new Set(values.map((value) => JSON.stringify(value))).size;

it('a thousand clients, each of a port and with a name for the server of its own, make one series', async () => {
  const { rig, measurements, telemetry } = await measured(echo, 'server');
  // All stay open until the last has called: no port comes twice.
  const sessions = await forMany((number) => callByHand(rig.port, `host-${number}:${number + 1}`));
  for (const session of sessions) session.destroy();

  const spans = await telemetry.spans(MANY);
  expect(distinct(spans.map(({ attributes }) => attributes['network.peer.port']))).toBe(MANY);
  expect(distinct(spans.map(({ attributes }) => attributes['server.address']))).toBe(MANY);
  expect(await measurements.series(MANY)).toEqual({
    'rpc.server.call.duration': [
      { 'rpc.system.name': 'grpc', 'rpc.method': 'test.Echo/Bidi', 'rpc.status_code': 'OK' },
    ],
  });
});

describe.each(SIDES)('on the %s', (side) => {
  const attributes = (port: number): Attributes =>
    ({
      client: {
        'rpc.system.name': 'grpc',
        'rpc.method': 'test.Echo/Unary',
        'server.address': '127.0.0.1',
        'server.port': port,
      },
      server: { 'rpc.system.name': 'grpc', 'rpc.method': 'test.Echo/Unary' },
    })[side];

  it('a thousand metadata values, all on the spans, make one series', async () => {
    const { rig, measurements, telemetry } = await measured(echo, side, {
      captureMetadata: { request: ['user'] },
      attributes: (_rpc, metadata) => ({ user: String(metadata.get('user')[0]) }),
    });
    await forMany((number) => {
      const metadata = new Metadata();
      metadata.set('user', `user-${number}`);
      return invoke(rig.client, 'Unary', { metadata }).result;
    });
    const spans = await telemetry.spans(MANY);
    expect(distinct(spans.map((span) => span.attributes['user']))).toBe(MANY);
    expect(distinct(spans.map((span) => span.attributes['rpc.request.header.user']))).toBe(MANY);
    expect(await measurements.series(MANY)).toEqual({
      [NAMES[side]]: [{ ...attributes(rig.port), 'rpc.status_code': 'OK' }],
    });
  });

  it('a thousand messages of an error make one series', async () => {
    let number = 0;
    const handlers: EchoMethods = {
      Unary: (_call, callback) => callback({ code: status.INTERNAL, details: `failure ${number++}` }),
    };
    const { rig, measurements, telemetry } = await measured(echo, side, {}, { handlers });
    await forMany(() => invoke(rig.client, 'Unary').result);
    expect(distinct((await telemetry.spans(MANY)).map((span) => span.status.message))).toBe(MANY);
    expect(await measurements.series(MANY)).toEqual({
      [NAMES[side]]: [{ ...attributes(rig.port), 'rpc.status_code': 'INTERNAL', 'error.type': 'INTERNAL' }],
    });
  });
});
