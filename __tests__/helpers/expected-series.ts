import { status } from '@grpc/grpc-js';
import type { Attributes } from '@opentelemetry/api';
import type { RpcSide } from '../../lib/index.js';
import type { Shape } from '../../tools/invoke.js';

/** The one series that calls of one outcome must leave on one side, written out from the conventions. */
export function expectedSeries(
  side: RpcSide,
  shape: Shape,
  { code, failed }: { readonly code: number; readonly failed: boolean },
  port: number,
): Record<string, readonly Attributes[]> {
  const name = status[code] ?? String(code);
  const attributes = {
    'rpc.system.name': 'grpc',
    'rpc.method': `test.Echo/${shape}`,
    'rpc.status_code': name,
    ...(failed && { 'error.type': name }),
    ...(side === 'client' && { 'server.address': '127.0.0.1', 'server.port': port }),
  };
  return { [`rpc.${side}.call.duration`]: [attributes] };
}
