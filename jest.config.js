/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Nothing waits for time to pass, so this is only for machines that are slow, or busy with other things.
  testTimeout: 60_000,
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json' }] },
  moduleNameMapper: {
    // TypeScript sources name their neighbours as Node will find them after the build.
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^grpc-js-opentelemetry$': '<rootDir>/lib/index.ts',
    '^grpc-js-opentelemetry/testing$': '<rootDir>/lib/testing/index.ts',
  },
  collectCoverageFrom: ['lib/**/*.ts'],
};
