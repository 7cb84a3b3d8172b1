import type { SpanContext } from '@opentelemetry/api';
import type { PlainRecord } from '../../helpers/log-records.js';
import { METHOD } from './method.js';
import type { Mode, Outcome, Side } from './outcomes.js';
import { goldenScope } from './scope.js';

const SEVERITY: Readonly<Record<Side, Pick<PlainRecord, 'eventName' | 'severityNumber' | 'severityText'>>> = {
  client: { eventName: 'rpc.client.call.exception', severityNumber: 13, severityText: 'WARN' },
  server: { eventName: 'rpc.server.call.exception', severityNumber: 17, severityText: 'ERROR' },
};

/** Every record of one call, in the context of its span: one of a failure, none else. */
export function goldenRecords(
  mode: Mode,
  side: Side,
  { name, failure }: Outcome,
  spanContext: SpanContext | undefined,
): readonly PlainRecord[] {
  const message = failure[side];
  if (message === undefined) return [];
  return [
    {
      scope: goldenScope(mode),
      ...SEVERITY[side],
      body: undefined,
      attributes: {
        ...METHOD[mode],
        'exception.type': name,
        'exception.message': message,
        'error.type': name,
      },
      spanContext,
    },
  ];
}
