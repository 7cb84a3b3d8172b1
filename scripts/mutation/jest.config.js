const { join } = require('node:path');
const base = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: join(__dirname, '../..'),
  // A mutant that makes a call hang is found by waiting, so not for long.
  testTimeout: 10_000,
  testMatch: ['<rootDir>/scripts/mutation/all-suites.ts'],
  testEnvironment: join(__dirname, 'first-failure-environment.cjs'),
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json', diagnostics: false }] },
};
