import { status } from '@grpc/grpc-js';
import type { SpanContext } from '@opentelemetry/api';
import type { RpcSide } from '../../lib/index.js';
import { version } from '../../package.json';
import type { Shape } from '../../tools/invoke.js';
import type { ExpectedOutcome } from './expected-span.js';
import type { PlainRecord } from './log-records.js';

const SEVERITY = {
  client: { severityNumber: 13, severityText: 'WARN' },
  server: { severityNumber: 17, severityText: 'ERROR' },
};

/** The whole record that a call of the rig's service which failed must leave on one side, written out from the conventions. */
export function expectedRecord(
  side: RpcSide,
  shape: Shape,
  { code, details }: ExpectedOutcome,
  spanContext: SpanContext | undefined,
): PlainRecord {
  const name = status[code] ?? String(code);
  return {
    scope: { name: 'grpc-js-opentelemetry', version, schemaUrl: 'https://opentelemetry.io/schemas/1.45.0' },
    eventName: `rpc.${side}.call.exception`,
    ...SEVERITY[side],
    body: undefined,
    attributes: {
      'exception.type': name,
      'exception.message': details,
      'rpc.system.name': 'grpc',
      'rpc.method': `test.Echo/${shape}`,
      'error.type': name,
    },
    spanContext,
  };
}
