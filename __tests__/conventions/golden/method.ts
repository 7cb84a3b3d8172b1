import type { Attributes } from '@opentelemetry/api';
import type { Mode } from './outcomes.js';

/** What metrics and records say of the method. */
export const METHOD: Readonly<Record<Mode, Attributes>> = {
  stable: { 'rpc.system.name': 'grpc', 'rpc.method': 'test.Echo/Unary' },
  dup: {
    'rpc.system.name': 'grpc',
    'rpc.system': 'grpc',
    'rpc.service': 'test.Echo',
    // Not the bare method of old: the key is taken.
    'rpc.method': 'test.Echo/Unary',
  },
  old: { 'rpc.system': 'grpc', 'rpc.service': 'test.Echo', 'rpc.method': 'Unary' },
};
