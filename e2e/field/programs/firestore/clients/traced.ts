// #region integrations: Firestore
import { Firestore } from '@google-cloud/firestore';
import { tracingCallInvocationTransformer } from 'grpc-js-opentelemetry';

export const firestore = new Firestore({
  projectId: 'my-project',
  'grpc.callInvocationTransformer': tracingCallInvocationTransformer(),
});
// #endregion
