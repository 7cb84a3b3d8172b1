// #region integrations: One call of a Google client
import type { v1 } from '@google-cloud/pubsub';
import { withTracing, type ClientTracingOptions } from 'grpc-js-opentelemetry';

const options: ClientTracingOptions = { captureMetadata: { request: ['x-goog-request-params'] } };

export function listTopics(publisher: v1.PublisherClient, project: string) {
  // `interceptors: []`, because the stub has none that the call's would replace.
  const otherArgs = { options: withTracing({ interceptors: [] }, options) };
  return publisher.listTopics({ project, pageSize: 2 }, { otherArgs });
}
// #endregion
