import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './cache.js';
import { ROOT } from './places.js';
import { installNode } from './runtimes.js';

/** An SDK, with the auto instrumentation that is made for it. */
export interface Sdk {
  /** In the cache, too. */
  readonly name: string;
  /** What programs of this repository import, this package excepted. */
  readonly packages: Readonly<Record<string, string>>;
  /** A node_modules that has them. */
  readonly modules: () => Promise<string>;
  /** The executable of a Node that it supports. */
  readonly node: () => Promise<string>;
}

const AUTO = '@opentelemetry/instrumentation-grpc';

// The file is this repository's own.
const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** In this repository's own version. */
function own(name: string): Readonly<Record<string, string>> {
  return { [name]: devDependencies[name] ?? 'missing' };
}

export const SDK_2: Sdk = {
  name: 'sdk-2',
  packages: {
    ...own('@grpc/grpc-js'),
    ...own('@opentelemetry/api'),
    ...own('@opentelemetry/context-async-hooks'),
    ...own('@opentelemetry/core'),
    ...own('@opentelemetry/instrumentation'),
    ...own(AUTO),
    ...own('@opentelemetry/sdk-metrics'),
    ...own('@opentelemetry/sdk-trace'),
  },
  modules: () => Promise.resolve(join(ROOT, 'node_modules')),
  node: () => Promise.resolve(process.execPath),
};

export const SDK_3: Sdk = {
  name: 'sdk-3',
  packages: {
    ...own('@grpc/grpc-js'),
    '@opentelemetry/api': '1.10.0',
    '@opentelemetry/context-async-hooks': '3.1.1',
    '@opentelemetry/core': '3.1.1',
    // The one that its neighbour is pinned to.
    '@opentelemetry/instrumentation': '0.300.0',
    [AUTO]: '0.300.0',
    '@opentelemetry/sdk-metrics': '3.1.1',
    '@opentelemetry/sdk-trace': '3.1.1',
  },
  modules: async () => join(await install(join('environments', SDK_3.name), SDK_3.packages), 'node_modules'),
  node: () => installNode(24),
};

export const SDKS: readonly Sdk[] = [SDK_2, SDK_3];

/** The release of the auto instrumentation, as texts name it: `0.223`. */
export function autoRelease({ packages }: Sdk): string {
  return packages[AUTO]?.split('.', 2).join('.') ?? 'missing';
}
