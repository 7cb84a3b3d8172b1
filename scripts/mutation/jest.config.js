const { join } = require('node:path');
const base = require('../../jest.config.js');
const { suitesOf } = require('./parts.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: join(__dirname, '../..'),
  roots: ['<rootDir>/lib', '<rootDir>/__tests__', '<rootDir>/scripts/mutation'],
  // Looked for anew for every mutant, and nothing here changes while it runs.
  watchman: false,
  // A mutant that makes a call hang is found by waiting, so not for long; the report says how many were.
  testTimeout: 5_000,
  testMatch: ['<rootDir>/scripts/mutation/suites.ts'],
  globals: { SUITES: suitesOf(process.env.MUTATION_PART) },
  testEnvironment: join(__dirname, 'first-failure-environment.cjs'),
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json', diagnostics: false }] },
};
