// #region integrations: Pub/Sub
import { PubSub } from '@google-cloud/pubsub';
import { tracingCallInvocationTransformer } from 'grpc-js-opentelemetry';

// Spread, because the library hands the option on and its types do not know it.
const tracing = { 'grpc.callInvocationTransformer': tracingCallInvocationTransformer() };
export const pubsub = new PubSub({ projectId: 'my-project', ...tracing });
// #endregion
