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
  // A call that a mutant leaves hanging keeps all that its suites have loaded, some 40 MB.
  maxTestRunnerReuse: 50,
  // Added to what the tests took, four times over: only what never comes to an end runs into it, not a slow machine.
  timeoutMS: 15_000,
  timeoutFactor: 4,
};
