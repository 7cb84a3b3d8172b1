import * as grpc from '@grpc/grpc-js';
import { CompositePropagator } from 'otel-core-2';
import { GrpcTraceBinPropagator } from '../../../lib/propagation/grpc-trace-bin.js';
import { ServiceNamePropagator } from '../../../lib/propagation/service-name.js';
import { w3cPropagator } from '../../../lib/propagation/w3c.js';
import { invoke } from '../../../tools/invoke.js';
import { useContextManager } from '../../helpers/async-context.js';
import { useEcho } from '../../helpers/echo.js';
import { BINARY, byteStrings } from '../../helpers/propagation/mutations.js';
import { RawCalls } from '../../helpers/propagation/raw-calls.js';
import { handlersThat } from '../../helpers/propagation/relay.js';
import { TRACEPARENT } from '../../helpers/propagation/text-map.js';

useContextManager();
const echo = useEcho();

// grpc-js logs every header that it refuses.
beforeAll(() => grpc.setLogVerbosity(grpc.logVerbosity.NONE));
afterAll(() => grpc.setLogVerbosity(grpc.logVerbosity.ERROR));

const propagator = new CompositePropagator({
  propagators: [w3cPropagator, new GrpcTraceBinPropagator(), new ServiceNamePropagator({ serviceName: 'me' })],
});
const tracing = { serverTracing: { propagator }, clientTracing: { propagator } };

test('5,000 hostile headers: no call fails, none of the calls made for them either, every span ends', async () => {
  const CALLS = 5000;
  const back = await echo.start(tracing);
  const relayed = new Map<number, number>();
  const rig = await echo.start({
    ...tracing,
    handlers: handlersThat(async () => {
      const { code } = await invoke(back.client, 'Unary').result;
      relayed.set(code, (relayed.get(code) ?? 0) + 1);
    }),
  });
  const raw = new RawCalls(rig.address);
  const next = byteStrings([
    Buffer.from(TRACEPARENT),
    Buffer.from('rojo=00f067aa0ba902b7,congo= t61rcWkgMzE'),
    Buffer.from('user-id=al%20ice;p=1;q, b = %C3%A9 ; r = 2'),
    Buffer.from(BINARY.toString('base64')),
  ]);
  // What HTTP/2 lets out of Node's client.
  const text = (): string =>
    next()
      .toString('latin1')
      .replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '~');
  const statuses = new Map<string, number>();
  for (let sent = 0; sent < CALLS; sent += 100) {
    const calls = Array.from({ length: 100 }, () =>
      raw.call({
        traceparent: [text(), TRACEPARENT, text()].slice(0, 1 + (sent % 3)),
        tracestate: [text(), text()],
        baggage: [text(), text()],
        'grpc-trace-bin': text(),
        'x-md-service-name': text(),
      }),
    );
    for (const status of await Promise.all(calls)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  raw.close();
  expect([...statuses]).toEqual([['0', CALLS]]);
  expect([...relayed]).toEqual([[grpc.status.OK, CALLS]]);
  for (const telemetry of [rig.serverTelemetry, back.clientTelemetry, back.serverTelemetry]) {
    expect(await telemetry.spans(CALLS)).toHaveLength(CALLS);
  }
});
