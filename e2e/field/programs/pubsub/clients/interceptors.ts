import { PubSub } from '@google-cloud/pubsub';
import { tracingClientInterceptor } from 'grpc-js-opentelemetry';

/** What works with a stub of grpc-js. */
const tracing = { interceptors: [tracingClientInterceptor()] };
export const pubsub = new PubSub({ projectId: 'my-project', ...tracing });
