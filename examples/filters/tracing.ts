import { status } from '@grpc/grpc-js';
import { healthCheck, not, type ServerTracingOptions } from 'grpc-js-opentelemetry';

/** The conventions' six, and RESOURCE_EXHAUSTED: this server runs dry, and somebody should know. */
const FAILURES: ReadonlySet<number> = new Set([
  status.UNKNOWN,
  status.DEADLINE_EXCEEDED,
  status.RESOURCE_EXHAUSTED,
  status.UNIMPLEMENTED,
  status.INTERNAL,
  status.UNAVAILABLE,
  status.DATA_LOSS,
]);

export const tracingOptions: ServerTracingOptions = {
  // Probes come all day long, and each would be a trace.
  filter: not(healthCheck),
  // Set at the start, so samplers see them.
  attributes: (_rpc, metadata, { deadline }) => ({
    'app.tenant': String(metadata.get('x-tenant')[0] ?? 'unknown'),
    'app.millis_left': deadline && deadline.getTime() - Date.now(),
  }),
  // Never a credential: spans leave the process.
  captureMetadata: { request: ['x-request-id'], trailer: ['x-greetings-left'] },
  startHook: (span, rpc) => span.updateName(`greeter ${rpc.method}`),
  endHook: (span, _rpc, { code, details }) => {
    if (FAILURES.has(code)) span.setAttribute('app.refusal', details);
  },
  isError: (_rpc, code) => FAILURES.has(code),
};
