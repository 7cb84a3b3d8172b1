// #region integrations: etcd3
import { Etcd3, type IOptions } from 'etcd3';
import { withTracing } from 'grpc-js-opentelemetry';

// `interceptors: []`, because the client has none that the calls' would replace.
const defaultCallOptions = withTracing({ interceptors: [] });

export function connect(options: IOptions): Etcd3 {
  return new Etcd3({ ...options, defaultCallOptions });
}
// #endregion
