/** Agents do not keep the name of a span's tracer. Nobody but this package makes spans with these attributes here. */
export function scopeOf(attributes: object): string {
  return 'rpc.system' in attributes || 'rpc.system.name' in attributes ? 'grpc-js-opentelemetry' : '';
}
