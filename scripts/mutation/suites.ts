import { join } from 'node:path';

/** Of the part that runs, from the Jest configuration. */
declare const SUITES: readonly string[];

// All in one suite: each suite of its own loads grpc-js and the SDK again, for every mutant.
for (const file of SUITES) {
  describe(file, () => {
    jest.requireActual(join(__dirname, '../../__tests__', file));
  });
}
