// #region integrations: Spanner
import { Spanner } from '@google-cloud/spanner';
import { tracingCallInvocationTransformer } from 'grpc-js-opentelemetry';

export const spanner = new Spanner({ projectId: 'my-project' });
// Before the first call: the clients of its services are made of these options.
const option = 'grpc.callInvocationTransformer';
const ofItsPool = Reflect.get(spanner.options, option);
Reflect.set(spanner.options, option, tracingCallInvocationTransformer({}, ofItsPool));
// #endregion
