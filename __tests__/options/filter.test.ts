import { status } from '@grpc/grpc-js';
import { propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import type { EventEmitter } from 'node:events';
import { STABLE } from '../../lib/conventions/attributes.js';
import { KnownMethods } from '../../lib/conventions/known-methods.js';
import { MethodTable } from '../../lib/conventions/method-table.js';
import {
  allOf,
  anyOf,
  healthCheck,
  method,
  not,
  reflection,
  service,
  type RpcFilter,
  type RpcInfo,
} from '../../lib/index.js';
import { Echo } from '../../tools/echo.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { activeSpanId, allIn, party, Sightings, useContextManager } from '../helpers/async-context.js';
import { useEcho, type EchoRig } from '../helpers/echo.js';
import { expectedSeries } from '../helpers/expected-series.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { Measurements } from '../helpers/measurements.js';
import { plainSpan } from '../helpers/plain-span.js';
import { handlersThat } from '../helpers/propagation/relay.js';
import { callsOver, firstSpan, SIDES, SIDES_AND_SHAPES, telemetryOf, tracingOn } from '../helpers/sides.js';

useContextManager();
const echo = useEcho();

const OK = { code: status.OK, details: 'OK' };
const NOTHING: RpcFilter = () => false;

const caller = party(
  1,
  propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage({ tenant: { value: 'alice' } })),
);

function activeTenant(): string {
  return propagation.getActiveBaggage()?.getEntry('tenant')?.value ?? 'no baggage';
}

describe.each(SIDES_AND_SHAPES)('a call that the %s leaves out: %s', (side, shape) => {
  it('has no span and no metric', async () => {
    const measurements = new Measurements();
    const rig = await echo.start(tracingOn(side, { filter: NOTHING, meterProvider: measurements.provider }));
    expect((await invoke(rig.client, shape).result).code).toBe(status.OK);
    await callsOver(rig);
    expect(telemetryOf(rig, side).startedCount).toBe(0);
    expect(await measurements.series(0)).toEqual({});
  });
});

describe.each(SHAPES)('the context of a call that is left out passes through: %s', (shape) => {
  it('on the client, the caller’s own goes onto the wire, baggage too', async () => {
    const seen: string[] = [];
    const handlers = handlersThat(() => {
      seen.push(activeTenant());
      return Promise.resolve();
    });
    const rig = await echo.start({ handlers, clientTracing: { filter: NOTHING } });
    await caller.run(() => invoke(rig.client, shape).result);
    const [span] = await rig.serverTelemetry.spans(1);
    expect(span?.parentSpanContext).toMatchObject({ traceId: caller.traceId, spanId: caller.spanId, isRemote: true });
    expect(seen).toEqual(['alice']);
  });

  it('on the client, events come in it, also on the connection of somebody else', async () => {
    const rig = await echo.start({ clientTracing: { filter: NOTHING } });
    await party(2).run(() => invoke(rig.client, shape).result);
    const events = ['metadata', 'status'];
    const sightings = new Sightings();
    const { call } = caller.run(() => invoke(rig.client, shape));
    // Every kind of client call is an emitter.
    sightings.listen(call as unknown as EventEmitter, events);
    expect(await sightings.of(events)).toEqual(allIn(caller.spanId, events));
  });

  it('on the server, the handler runs in it, and calls of its own continue the caller’s trace', async () => {
    const back = await echo.start();
    const seen: string[] = [];
    const handlers = handlersThat(async () => {
      seen.push(activeSpanId(), activeTenant());
      await invoke(back.client, shape).result;
    });
    const front = await echo.start({ handlers, serverTracing: { filter: NOTHING } });
    await caller.run(() => invoke(front.client, shape).result);
    const [toFront] = await front.clientTelemetry.spans(1);
    const [toBack] = await back.clientTelemetry.spans(1);
    expect(seen).toEqual([toFront?.spanContext().spanId, 'alice']);
    expect(toBack?.parentSpanContext).toEqual({ ...toFront?.spanContext(), isRemote: true });
  });
});

/** Makes a call of a method that is none of the echo service's. */
function callPath(rig: EchoRig, path: string): Promise<number> {
  const { requestSerialize, responseDeserialize } = Echo.service.Unary;
  return new Promise((resolve) =>
    rig.client.makeUnaryRequest(path, requestSerialize, responseDeserialize, {}, (error) =>
      resolve(error?.code ?? status.OK),
    ),
  );
}

describe.each(SIDES)('predicates of this package, on the %s', (side) => {
  it('can be nested', async () => {
    const filter = allOf(
      service('test.Echo'),
      not(anyOf(method('test.Echo/Unary'), allOf(method('test.Echo/Bidi'), not(healthCheck)))),
    );
    const rig = await echo.start(tracingOn(side, { filter }));
    for (const shape of SHAPES) await invoke(rig.client, shape).result;
    await callsOver(rig);
    expect(telemetryOf(rig, side).ended.map(plainSpan)).toEqual(
      ['ClientStream' as const, 'ServerStream' as const].map((shape) => expectedSpan(side, shape, OK, rig.port)),
    );
  });

  it('keep out what probes and tools call', async () => {
    const rig = await echo.start(tracingOn(side, { filter: not(anyOf(healthCheck, reflection)) }));
    const { Unary } = Echo.service;
    const probes = ['/grpc.health.v1.Health/Check', '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo'];
    for (const path of probes) {
      rig.server.addService(
        { Probe: { ...Unary, path } },
        { Probe: (_call: unknown, callback: (error: null, reply: object) => void) => callback(null, {}) },
      );
      expect(await callPath(rig, path)).toBe(status.OK);
    }
    await invoke(rig.client, 'Unary').result;
    await callsOver(rig);
    expect(telemetryOf(rig, side).ended.map(({ name }) => name)).toEqual(['test.Echo/Unary']);
  });
});

describe('how often a filter is asked', () => {
  const definition = { path: '/test.Echo/Unary', requestStream: false, responseStream: false };

  it.each(SIDES)('one of the application’s, on the %s: at each call, with the same frozen object', async (side) => {
    const asked: RpcInfo[] = [];
    const filter: RpcFilter = (rpc) => asked.push(rpc) === 2;
    const rig = await echo.start(tracingOn(side, { filter }));
    for (const text of ['first', 'second', 'third']) await invoke(rig.client, 'Unary', { text }).result;
    await callsOver(rig);
    expect(telemetryOf(rig, side).startedCount).toBe(1);
    const [rpc] = asked;
    expect(rpc).toEqual({
      side,
      service: 'test.Echo',
      method: 'Unary',
      fullMethod: 'test.Echo/Unary',
      requestStream: false,
      responseStream: false,
    });
    expect(Object.isFrozen(rpc)).toBe(true);
    expect(asked.map((each) => each === rpc)).toEqual([true, true, true]);
  });

  it.each<[what: string, combine: (own: RpcFilter) => RpcFilter]>([
    ['not', (own) => not(not(own))],
    ['anyOf', (own) => anyOf(healthCheck, own)],
    ['allOf', (own) => allOf(service('test.Echo'), own)],
  ])('one of the application’s inside %s: at each call', (_what, combine) => {
    const own = jest.fn<boolean, [RpcInfo]>().mockReturnValueOnce(false).mockReturnValueOnce(true);
    const methods = new MethodTable('server', combine(own), [STABLE], new KnownMethods('server', undefined));
    expect([methods.get(definition).isWanted(), methods.get(definition).isWanted()]).toEqual([false, true]);
    expect(own).toHaveBeenCalledTimes(2);
  });

  it.each<[what: string, filter: RpcFilter, wanted: boolean]>([
    ['alone', reflection, false],
    ['inside combinators', allOf(not(reflection), anyOf(service('test.Echo'))), true],
  ])('one of this package’s %s: once per method', (_what, filter, wanted) => {
    const methods = new MethodTable('server', filter, [STABLE], new KnownMethods('server', undefined));
    // `reflection` looks its services up in a list: the one trace that it leaves when it is asked.
    const lookUps = jest.spyOn(Array.prototype, 'includes');
    const answers = Array.from({ length: 3 }, () => methods.get(definition).isWanted());
    const asked = lookUps.mock.calls.filter(([name]) => name === 'test.Echo').length;
    lookUps.mockRestore();
    expect(answers).toEqual([wanted, wanted, wanted]);
    expect(asked).toBe(1);
  });

  it('by the shape, too, where one path is called in two shapes', () => {
    const methods = new MethodTable(
      'client',
      (rpc) => rpc.requestStream,
      [STABLE],
      new KnownMethods('client', undefined),
    );
    const shapes = [definition, { ...definition, requestStream: true }, definition];
    expect(shapes.map((each) => methods.get(each).isWanted())).toEqual([false, true, false]);
  });
});

describe.each(SIDES)('a filter that does not answer, on the %s', (side) => {
  it.each<[what: string, filter: RpcFilter, told: readonly string[]]>([
    [
      'throws',
      () => {
        throw new Error('filter');
      },
      ['the filter threw'],
    ],
    [
      'returns a promise',
      // What TypeScript lets pass where a type is lost on the way.
      (() => Promise.resolve(false)) as unknown as RpcFilter,
      ['the filter must be synchronous'],
    ],
    [
      'rejects',
      // The same, with an error that nobody handles.
      (() => Promise.reject(new Error('filter'))) as unknown as RpcFilter,
      ['the filter must be synchronous', 'the filter rejected'],
    ],
    [
      'returns a promise inside a combinator of this package',
      not((() => Promise.reject(new Error('filter'))) as unknown as RpcFilter),
      ['the filter must be synchronous', 'the filter rejected'],
    ],
    [
      'throws inside a combinator of this package',
      allOf(not(healthCheck), () => {
        throw new Error('filter');
      }),
      ['the filter threw'],
    ],
  ])('because it %s: the call is instrumented, and diag is told', async (_what, filter, told) => {
    const measurements = new Measurements();
    const rig = await echo.start(tracingOn(side, { filter, meterProvider: measurements.provider }));
    expect((await invoke(rig.client, 'Unary').result).messages).toEqual(['hello']);
    expect(await firstSpan(rig, side)).toEqual(expectedSpan(side, 'Unary', OK, rig.port));
    expect(await measurements.series(1)).toEqual(
      expectedSeries(side, 'Unary', { code: status.OK, failed: false }, rig.port),
    );
    expect(echo.takeDiagLines()).toEqual(told.map((line) => `grpc-js-opentelemetry: ${line}`));
  });
});
