/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Only a hang runs into it: nothing here waits for time to pass, but a machine may be slow, or busy with other things,
  // and some tests start programs.
  testTimeout: 180_000,
  // By itself Jest leaves a core to whoever waits for it, which of two is half.
  maxWorkers: '100%',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  // What takes long runs by the configuration that stands there.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/long/'],
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json' }] },
  moduleNameMapper: {
    // TypeScript sources name their neighbours as Node will find them after the build.
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^grpc-js-opentelemetry$': '<rootDir>/lib/index.ts',
    '^grpc-js-opentelemetry/testing$': '<rootDir>/lib/testing/index.ts',
  },
  collectCoverageFrom: ['lib/**/*.ts'],
};
