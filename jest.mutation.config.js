const base = require('./jest.config.js');

/**
 * Without the tests that start programs, which load their own copy of lib/ that no mutant reaches, and without those that
 * take seconds for one pass over everything: a mutant that only they can kill is a row that is missing elsewhere.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...base,
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json', diagnostics: false }] },
  testPathIgnorePatterns: [
    '/node_modules/',
    '/__tests__/(examples|transparency)/',
    '/__tests__/(readme|package|backpressure|metrics-cardinality|propagation-wire)\\.',
    '/__tests__/propagators/(hostile|differential)',
  ],
};
