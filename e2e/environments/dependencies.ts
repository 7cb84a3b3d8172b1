import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../tools/places.js';

const NAMES = [
  '@grpc/grpc-js',
  '@opentelemetry/api',
  '@opentelemetry/instrumentation',
  '@opentelemetry/instrumentation-grpc',
  '@opentelemetry/sdk-trace-node',
];

/** What the program needs where it is installed, in this repository's own versions, and the packed package. */
export async function dependencies(tarball: string): Promise<Record<string, string>> {
  // The file is this repository's own.
  const { devDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const versions = NAMES.map((name) => [name, devDependencies[name] ?? 'missing'] as const);
  return { ...Object.fromEntries(versions), 'grpc-js-opentelemetry': `file:${tarball}` };
}
