import type { MeterProvider } from '@opentelemetry/api';
import { autoInstrumented } from './auto.js';
import { byHandHandlers, byHandStub } from './by-hand.js';
import { freshCopies, type Copies } from './copies.js';
import { niceWorld } from './nice-world.js';
import { spansAloneStub } from './spans-alone.js';
import { headerStub } from './stub.js';
import { stubWorld } from './stub-world.js';
import type { VariantName } from './variant-names.js';
import type { World } from './world.js';

/** One way to trace, or none. */
export interface Variant {
  readonly name: VariantName;
  readonly traced: boolean;
  readonly start: () => Promise<World>;
}

function ours({ grpc, ours }: Copies, meterProvider?: MeterProvider): Promise<World> {
  const options = { meterProvider };
  return stubWorld(grpc, {
    serverInterceptors: [ours.tracingServerInterceptor(options)],
    clientInterceptors: [ours.tracingClientInterceptor(options)],
  });
}

/** What grpc-js pays for a chain of interceptors, whatever they do. */
function emptyInterceptors({ grpc }: Copies): Promise<World> {
  return stubWorld(grpc, {
    clientInterceptors: [(options, nextCall) => new grpc.InterceptingCall(nextCall(options))],
    serverInterceptors: [(_definition, call) => new grpc.ServerInterceptingCall(call)],
  });
}

/** What grpc-js pays for one header more, which the server does not look at. */
function headerAlone({ grpc }: Copies): Promise<World> {
  return stubWorld(grpc, { stub: (client) => headerStub(client, grpc.Metadata) });
}

/**
 * All of them use what is registered globally, as applications do. Metrics want a provider of their own, so that the
 * others stay without; where there is no SDK there is none.
 */
export function variants(meterProvider: MeterProvider | undefined): readonly Variant[] {
  const bare = { traced: false, start: () => stubWorld(freshCopies().grpc) } as const;
  const list: Variant[] = [
    { ...bare, name: 'bare' },
    { ...bare, name: 'bare again' },
    { ...bare, name: 'empty interceptors', start: () => emptyInterceptors(freshCopies()) },
    { ...bare, name: 'header alone', start: () => headerAlone(freshCopies()) },
    {
      name: 'spans alone',
      traced: true,
      start: () => stubWorld(freshCopies().grpc, { stub: spansAloneStub }),
    },
    {
      name: 'by hand',
      traced: true,
      start() {
        const { grpc } = freshCopies();
        return stubWorld(grpc, { handlers: byHandHandlers(), stub: (client) => byHandStub(client, grpc.Metadata) });
      },
    },
    { name: 'ours', traced: true, start: () => ours(freshCopies()) },
    { name: 'auto', traced: true, start: () => stubWorld(autoInstrumented(freshCopies().grpc)) },
    { name: 'nice-grpc', traced: false, start: () => niceWorld(freshCopies()) },
    {
      name: 'nice-grpc + middleware',
      traced: true,
      start() {
        const copies = freshCopies();
        return niceWorld(copies, {
          serverMiddleware: copies.niceGrpcMiddleware.openTelemetryServerMiddleware(),
          clientMiddleware: copies.niceGrpcMiddleware.openTelemetryClientMiddleware(),
        });
      },
    },
  ];
  if (meterProvider !== undefined) {
    list.push({
      name: 'ours + metrics',
      traced: true,
      start: () => ours(freshCopies(), meterProvider),
    });
  }
  return list;
}
