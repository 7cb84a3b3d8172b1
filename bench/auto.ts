import type { TracerProvider } from '@opentelemetry/api';
import { GrpcInstrumentation } from '@opentelemetry/instrumentation-grpc';
import { secondCopyOfGrpc, type GrpcModule } from './grpc-copy.js';

/** A copy of grpc-js of its own, patched by the auto instrumentation as its module hook would patch it. */
export function autoInstrumentedGrpc(tracerProvider: TracerProvider | undefined): GrpcModule {
  const instrumentation = new GrpcInstrumentation({ enabled: false });
  if (tracerProvider !== undefined) instrumentation.setTracerProvider(tracerProvider);
  const copy = secondCopyOfGrpc();
  for (const definition of instrumentation.getModuleDefinitions()) definition.patch?.(copy);
  return copy;
}
