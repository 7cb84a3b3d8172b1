// In the order that the auto instrumentation asks for: it comes before the first import of grpc-js.
import './spans.js';
import { isAuto } from './auto-instrumentation.js';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { exchange } from './exchange.js';

const interceptors = isAuto
  ? undefined
  : { server: [tracingServerInterceptor()], client: [tracingClientInterceptor()] };
void exchange(interceptors).then((result) => console.log(JSON.stringify(result)));
