/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json' }] },
  moduleNameMapper: {
    // TypeScript sources name their neighbours as Node will find them after the build.
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^grpc-js-opentelemetry$': '<rootDir>/lib/index.ts',
  },
  collectCoverageFrom: ['lib/**/*.ts'],
};
