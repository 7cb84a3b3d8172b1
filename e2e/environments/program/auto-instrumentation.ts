import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { GrpcInstrumentation } from '@opentelemetry/instrumentation-grpc';

/** Whether the program is to be traced by patching grpc-js, instead of by this package's interceptors. */
export const isAuto = process.env['TRACING'] === 'auto';

const captured = { requestMetadata: ['a-key'], responseMetadata: ['a-key'] };
const metadataToSpanAttributes = { client: captured, server: captured };

if (isAuto) registerInstrumentations({ instrumentations: [new GrpcInstrumentation({ metadataToSpanAttributes })] });
