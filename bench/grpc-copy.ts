import { createRequire } from 'node:module';
import type * as Grpc from '@grpc/grpc-js';

export type GrpcModule = typeof Grpc;

/**
 * A second copy of grpc-js, loaded past the module cache: what the auto instrumentation patches must not be what the other
 * variants run on.
 */
export function secondCopyOfGrpc(): GrpcModule {
  const load = createRequire(__filename);
  const entry = load.resolve('@grpc/grpc-js');
  const root = entry.slice(0, entry.indexOf('grpc-js') + 'grpc-js'.length);
  const kept = Object.entries(load.cache).filter(([path]) => path.startsWith(root));
  for (const [path] of kept) Reflect.deleteProperty(load.cache, path);
  // The module is the one that its own types describe.
  const copy = load(entry) as GrpcModule;
  for (const path of Object.keys(load.cache)) {
    if (path.startsWith(root)) Reflect.deleteProperty(load.cache, path);
  }
  for (const [path, module] of kept) load.cache[path] = module;
  return copy;
}
