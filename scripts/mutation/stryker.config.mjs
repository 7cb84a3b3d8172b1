import parts from './parts.js';

const part = process.env.MUTATION_PART;

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  mutate: parts.mutatedIn(part),
  jest: { projectType: 'custom', configFile: 'scripts/mutation/jest.config.js', enableFindRelatedTests: false },
  reporters: ['progress-append-only', 'json'],
  jsonReporter: { fileName: `reports/mutation/${part}.json` },
  ignorePatterns: ['dist', 'reports'],
  concurrency: 2,
  // More than a slow machine needs for the suites of any part: only a mutant that never comes to an end runs into it.
  timeoutMS: 60_000,
};
