import type * as Grpc from '@grpc/grpc-js';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import type * as NiceGrpc from 'nice-grpc';
import type * as NiceGrpcMiddleware from 'nice-grpc-opentelemetry';
import type * as Ours from 'grpc-js-opentelemetry';

/** Loaded anew for each variant. OpenTelemetry is not: its API is one per process, and all variants share the SDK. */
const COPIED = ['@grpc/grpc-js', 'grpc-js-opentelemetry', 'nice-grpc', 'nice-grpc-common', 'nice-grpc-opentelemetry'];

export interface Copies {
  readonly grpc: typeof Grpc;
  readonly ours: typeof Ours;
  readonly niceGrpc: typeof NiceGrpc;
  readonly niceGrpcMiddleware: typeof NiceGrpcMiddleware;
}

/**
 * grpc-js and what builds on it, loaded past the module cache. In an application there is one variant, and the compiler
 * fits grpc-js to it; in a copy that all share, each would pay for the shapes of the others. And what the auto
 * instrumentation patches must not be what the others run on.
 */
export function freshCopies(): Copies {
  const load = createRequire(__filename);
  // Their entries stand beside the rest of their code.
  const roots = COPIED.map((name) => dirname(load.resolve(name)) + sep);
  const isCopied = (path: string): boolean => roots.some((root) => path.startsWith(root));
  const take = (): [string, NodeJS.Module | undefined][] => {
    const taken = Object.entries(load.cache).filter(([path]) => isCopied(path));
    for (const [path] of taken) Reflect.deleteProperty(load.cache, path);
    return taken;
  };
  const kept = take();
  // The modules are those that their own types describe.
  const copies = {
    grpc: load('@grpc/grpc-js') as typeof Grpc,
    ours: load('grpc-js-opentelemetry') as typeof Ours,
    niceGrpc: load('nice-grpc') as typeof NiceGrpc,
    niceGrpcMiddleware: load('nice-grpc-opentelemetry') as typeof NiceGrpcMiddleware,
  };
  take();
  for (const [path, module] of kept) load.cache[path] = module;
  return copies;
}
