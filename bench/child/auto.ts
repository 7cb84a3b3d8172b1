import type * as Grpc from '@grpc/grpc-js';
import { GrpcInstrumentation } from '@opentelemetry/instrumentation-grpc';

/** Patches grpc-js as the hook of the auto instrumentation would, had it been there before grpc-js was loaded. */
export function autoInstrument(grpc: typeof Grpc): void {
  const instrumentation = new GrpcInstrumentation({ enabled: false });
  for (const definition of instrumentation.getModuleDefinitions()) definition.patch?.(grpc);
}
