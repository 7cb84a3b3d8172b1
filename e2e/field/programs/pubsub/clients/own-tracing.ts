import { PubSub } from '@google-cloud/pubsub';
import { tracingCallInvocationTransformer } from 'grpc-js-opentelemetry';

/** The library's own spans of calls, beside ours. */
const tracing = { 'grpc.callInvocationTransformer': tracingCallInvocationTransformer(), enableTelemetryTracing: true };
export const pubsub = new PubSub({ projectId: 'my-project', ...tracing });
