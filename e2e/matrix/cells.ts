export interface Sdk {
  readonly name: string;
  /** The package with the provider. */
  readonly provider: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly isSdk3: boolean;
}

/**
 * A minor stands for its newest release. Until 1.10.8 an OK without a message is INTERNAL to the caller, and the newest 1.10
 * is a later one.
 */
export const GRPC_RELEASES = ['1.10.8', '1.10', '1.12', '1.13', '1.14'] as const;

/** What npm is to install. */
export function rangeOf(grpc: string): string {
  return grpc.split('.').length === 3 ? grpc : `~${grpc}.0`;
}

export const SDK_2: Sdk = {
  name: 'API 1.9, SDK 2',
  provider: '@opentelemetry/sdk-trace-node',
  dependencies: {
    '@opentelemetry/api': '~1.9.0',
    '@opentelemetry/sdk-trace-node': '^2.0.0',
    '@opentelemetry/context-async-hooks': '^2.0.0',
  },
  isSdk3: false,
};

export const SDK_3: Sdk = {
  name: 'API 1.10, SDK 3',
  provider: '@opentelemetry/sdk-trace',
  dependencies: {
    '@opentelemetry/api': '~1.10.0',
    '@opentelemetry/sdk-trace': '^3.0.0',
    '@opentelemetry/context-async-hooks': '^3.0.0',
  },
  isSdk3: true,
};
