import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as api from '../../lib/index.js';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../../lib/version.js';
import { addressesAt, addressesIn, type Addresses } from '../../scripts/release/addresses.js';
import { ROOT } from '../../tools/places.js';

interface PackageJson extends Addresses {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: unknown;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly sideEffects: boolean;
}

// The file is this repository's own.
const packageJson = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as PackageJson;

describe('package.json', () => {
  it('has the name and the version that the spans carry', () => {
    expect([PACKAGE_NAME, PACKAGE_VERSION]).toEqual([packageJson.name, packageJson.version]);
  });

  it('has two peers, no dependency and no side effects', () => {
    expect(packageJson.dependencies).toBeUndefined();
    expect(Object.keys(packageJson.peerDependencies)).toEqual(['@grpc/grpc-js', '@opentelemetry/api']);
    expect(packageJson.sideEffects).toBe(false);
  });

  it('says of one repository where it, its page and its issues are, or of none', () => {
    const [, repository] = /^git\+(.+)\.git$/.exec(packageJson.repository?.url ?? '') ?? [];
    expect(addressesIn(packageJson)).toEqual(repository === undefined ? {} : addressesAt(repository));
  });
});

it('exports these names and no others', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'GrpcTraceBinPropagator',
    'ServiceNamePropagator',
    'allOf',
    'anyOf',
    'healthCheck',
    'metadataGetter',
    'metadataSetter',
    'method',
    'not',
    'reflection',
    'service',
    'spanId',
    'traceFields',
    'traceId',
    'tracingCallInvocationTransformer',
    'tracingChannel',
    'tracingClientInterceptor',
    'tracingServerInterceptor',
    'withTracing',
  ]);
});
