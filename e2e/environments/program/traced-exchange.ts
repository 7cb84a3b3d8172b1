// In the order that the auto instrumentation asks for: it comes before the first import of grpc-js.
import './spans.js';
import { isAuto } from './auto-instrumentation.js';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { exchange } from './exchange.js';
import type { Exchange } from './service.js';

/** The exchange, traced as the environment says. */
export function tracedExchange(): Promise<Exchange> {
  if (isAuto) return exchange();
  return exchange({ server: [tracingServerInterceptor()], client: [tracingClientInterceptor()] });
}
