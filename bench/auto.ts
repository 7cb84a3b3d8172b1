import type * as grpc from '@grpc/grpc-js';
import { GrpcInstrumentation } from '@opentelemetry/instrumentation-grpc';

/** grpc-js, patched by the auto instrumentation as its module hook would patch it. */
export function autoInstrumented(copy: typeof grpc): typeof grpc {
  // Not enabled: enabling sets the hook, and the hook is not for the other variants.
  const instrumentation = new GrpcInstrumentation({ enabled: false });
  for (const definition of instrumentation.getModuleDefinitions()) definition.patch?.(copy);
  return copy;
}
