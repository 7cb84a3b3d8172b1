import { Spanner } from '@google-cloud/spanner';
import { tracingCallInvocationTransformer } from 'grpc-js-opentelemetry';

/** As the other clients of Google's take it, in place of the transformer of its pool of channels. */
const tracing = { 'grpc.callInvocationTransformer': tracingCallInvocationTransformer() };
export const spanner = new Spanner({ projectId: 'my-project', ...tracing });
