import type * as Grpc from '@grpc/grpc-js';
import { createNoopMeter, type MeterProvider } from '@opentelemetry/api';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { createRequire } from 'node:module';
import type { VariantName } from '../variant-names.js';
import { autoInstrument } from './auto.js';
import { byHandHandlers, byHandStub } from './by-hand.js';
import { recordsAloneStub } from './records-alone.js';
import { spansAloneStub } from './spans-alone.js';
import { headerStub } from './stub.js';
import type { Sdk } from './telemetry.js';
import { startWorld, type World, type WorldParts } from './world.js';

// The module itself, that the auto instrumentation can patch; it is what its own types describe.
const grpc = createRequire(__filename)('@grpc/grpc-js') as typeof Grpc;

/** Starts one way to trace, or none. All of them use what is registered globally, as applications do. */
export function startVariant(name: VariantName, sdk: Sdk | undefined): Promise<World> {
  if (name === 'auto') autoInstrument(grpc);
  return startWorld(grpc, parts(name, sdk?.meterProvider));
}

function parts(name: VariantName, meterProvider: MeterProvider | undefined): WorldParts {
  switch (name) {
    case 'bare':
    case 'bare again':
    case 'auto':
      return {};
    case 'empty interceptors':
      return {
        clientInterceptors: [(options, nextCall) => new grpc.InterceptingCall(nextCall(options))],
        serverInterceptors: [(_definition, call) => new grpc.ServerInterceptingCall(call)],
      };
    case 'header alone':
      return { stub: headerStub };
    case 'spans alone':
      return { stub: spansAloneStub };
    case 'records alone': {
      const meter = meterProvider?.getMeter('records-alone') ?? createNoopMeter();
      return { stub: (client) => recordsAloneStub(client, meter) };
    }
    case 'by hand':
      return { handlers: byHandHandlers(), stub: byHandStub };
    case 'by hand, client only':
      return { stub: byHandStub };
    case 'by hand, server only':
      return { handlers: byHandHandlers() };
    case 'ours':
      return {
        clientInterceptors: [tracingClientInterceptor()],
        serverInterceptors: [tracingServerInterceptor()],
      };
    case 'ours, client only':
      return { clientInterceptors: [tracingClientInterceptor()] };
    case 'ours, server only':
      return { serverInterceptors: [tracingServerInterceptor()] };
    // A provider of its own, so that the others stay without.
    case 'ours + metrics':
      return {
        clientInterceptors: [tracingClientInterceptor({ meterProvider })],
        serverInterceptors: [tracingServerInterceptor({ meterProvider })],
      };
  }
}
