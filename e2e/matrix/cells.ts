export interface Sdk {
  readonly name: string;
  /** The package with the provider. */
  readonly provider: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly isSdk3: boolean;
}

export const GRPC_MINORS = ['1.10', '1.12', '1.13', '1.14'] as const;

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
