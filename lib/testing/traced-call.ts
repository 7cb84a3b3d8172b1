import { SpanKind } from '@opentelemetry/api';
import * as semconv from '../conventions/semconv.js';
import type { RpcSide } from '../rpc/rpc-info.js';
import { codeName } from '../rpc/status.js';
import type { RecordedSpan } from './recorded-span.js';

/** The call that a span is of, as its attributes tell it. */
export interface TracedCall {
  readonly side: RpcSide;
  /** `helloworld.Greeter/SayHello` */
  readonly method: string;
  /** The code's name, `NOT_FOUND`; a code that gRPC has not defined as a decimal string. Absent until the call ends. */
  readonly code: string | undefined;
}

function sideOf(kind: SpanKind): RpcSide | undefined {
  if (kind === SpanKind.CLIENT) return 'client';
  return kind === SpanKind.SERVER ? 'server' : undefined;
}

/** Reads the stable conventions and, where they are not followed, the old ones. Undefined for a span of anything else. */
export function tracedCall({ kind, attributes }: RecordedSpan): TracedCall | undefined {
  const side = sideOf(kind);
  if (side === undefined) return undefined;
  const method = text(attributes[semconv.ATTR_RPC_METHOD]) ?? '';
  if (attributes[semconv.ATTR_RPC_SYSTEM_NAME] === semconv.RPC_SYSTEM_NAME_VALUE_GRPC) {
    return { side, method, code: text(attributes[semconv.ATTR_RPC_STATUS_CODE]) };
  }
  if (attributes[semconv.ATTR_RPC_SYSTEM] === semconv.RPC_SYSTEM_VALUE_GRPC) {
    const service = text(attributes[semconv.ATTR_RPC_SERVICE]);
    const code = attributes[semconv.ATTR_RPC_GRPC_STATUS_CODE];
    return {
      side,
      method: service ? `${service}/${method}` : method,
      code: typeof code === 'number' ? codeName(code) : undefined,
    };
  }
  return undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
