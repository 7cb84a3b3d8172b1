import { InterceptingCall, status, type CallInvocationTransformer, type Interceptor } from '@grpc/grpc-js';
import { assertChildOf } from 'grpc-js-opentelemetry/testing';
import { tracingCallInvocationTransformer } from '../../lib/index.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useEcho } from '../helpers/echo.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { plainSpan } from '../helpers/plain-span.js';
import { Telemetry } from '../helpers/telemetry.js';

const echo = useEcho();

const OK = { code: status.OK, details: 'OK' };

/** Notes its name where it runs behind tracing: then the metadata has its context. */
function noting(name: string, seen: string[]): Interceptor {
  return (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start(metadata, listener, next) {
        if (metadata.get('traceparent').length === 1) seen.push(name);
        next(metadata, listener);
      },
    });
}

/** A rig whose clients have the transformer and no interceptors, as those of a library that hands none on. */
async function start(next?: CallInvocationTransformer) {
  const telemetry = new Telemetry();
  const transformer = tracingCallInvocationTransformer({ tracerProvider: telemetry.provider }, next);
  const rig = await echo.start({
    clientTelemetry: telemetry,
    clientChain: () => [],
    clientOptions: { callInvocationTransformer: transformer },
  });
  return { rig, telemetry };
}

describe.each(SHAPES)('a %s call of a client with the transformer', (shape) => {
  it('leaves the whole span, the parent of the server’s', async () => {
    const { rig, telemetry } = await start();
    expect(await invoke(rig.client, shape).result).toMatchObject({ code: status.OK });
    const spans = await telemetry.spans(1);
    expect(spans.map(plainSpan)).toEqual([expectedSpan('client', shape, OK, rig.port)]);
    assertChildOf((await rig.serverTelemetry.spans(1))[0], spans[0]);
  });

  it('keeps its own interceptors, behind tracing', async () => {
    const seen: string[] = [];
    const { rig, telemetry } = await start();
    await invoke(rig.client, shape, { callOptions: { interceptors: [noting('list', seen)] } }).result;
    await invoke(rig.client, shape, { callOptions: { interceptor_providers: [() => noting('providers', seen)] } })
      .result;
    expect((await telemetry.spans(2)).length).toBe(2);
    expect(seen).toEqual(['list', 'providers']);
  });

  it('is traced as another transformer has made it, which is asked first', async () => {
    const seen: string[] = [];
    const { rig, telemetry } = await start((properties) => {
      const { metadata, callOptions } = properties;
      expect(callOptions.interceptors).toBeUndefined();
      metadata.set('from', 'next');
      return { ...properties, callOptions: { ...callOptions, interceptors: [noting('next', seen)] } };
    });
    await invoke(rig.client, shape).result;
    expect((await telemetry.spans(1)).map(plainSpan)).toEqual([expectedSpan('client', shape, OK, rig.port)]);
    expect(seen).toEqual(['next']);
  });
});

describe('the transformer', () => {
  it('leaves alone what it is handed', () => {
    const telemetry = new Telemetry();
    const transform = tracingCallInvocationTransformer({ tracerProvider: telemetry.provider });
    const callOptions = Object.freeze({ deadline: 5 });
    const asked = Object.freeze({
      metadata: {},
      channel: {},
      call: {},
      methodDefinition: {},
      callOptions,
      argument: 1,
    });
    // It reads nothing but the options of the call.
    const told = transform(asked as never);
    expect(told).toEqual({ ...asked, callOptions: { deadline: 5, interceptors: [expect.any(Function)] } });
    expect(told.channel).toBe(asked.channel);
    expect(transform(asked as never).callOptions.interceptors).toEqual(told.callOptions.interceptors);
  });

  it('lets what another throws pass', async () => {
    const { rig, telemetry } = await start(() => {
      throw new Error('not this call');
    });
    expect(() => invoke(rig.client, 'Unary')).toThrow('not this call');
    expect(telemetry.startedCount).toBe(0);
  });

  it('is asked as a method of the client, and so is the other', async () => {
    const askedOn: unknown[] = [];
    const { rig } = await start(function (this: unknown, properties) {
      askedOn.push(this);
      return properties;
    });
    const { client } = rig;
    await invoke(client, 'Unary').result;
    expect(askedOn).toEqual([client]);
  });

  it.each<[shown: string, given: unknown]>([
    ['null', null],
    ["'gcp'", 'gcp'],
    ['{}', {}],
  ])('does not go before %s', (shown, given) => {
    expect(() => tracingCallInvocationTransformer({}, given as CallInvocationTransformer)).toThrow(
      new TypeError(`tracingCallInvocationTransformer: expected a transformer, got ${shown}`),
    );
  });

  it('is not made with wrong options', () => {
    expect(() => tracingCallInvocationTransformer({ sampled: true } as object)).toThrow("unknown option 'sampled'");
  });
});
