import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const TESTS = join(__dirname, '../../__tests__');

/**
 * Tests that start programs, which load their own copy of lib/ that no mutant reaches, and tests that take seconds for one
 * pass over everything: a mutant that only they can kill is a row that is missing elsewhere.
 */
const LEFT_OUT = [
  /^(examples|environments|transparency)\//,
  /^(readme|package|backpressure|metrics-cardinality|propagation-wire)\./,
  /^testing\/docs\./,
  /^propagators\/(hostile|differential)/,
];

/** First what needs no calls, then what compares whole spans: few mutants live long. Last what takes a third of the time. */
const ORDER = [
  /^(filters|log-context|metadata-carrier|method-table|options|rpc-info|semconv|server-outcome|status|target)\./,
  /^propagators\//,
  /^(conventions|server-endings|client-endings)\./,
  /^(?!faults\.)/,
];

function rank(file: string): number {
  const index = ORDER.findIndex((pattern) => pattern.test(file));
  return index === -1 ? ORDER.length : index;
}

const suites = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && !LEFT_OUT.some((pattern) => pattern.test(file)))
  .sort((one, other) => rank(one) - rank(other) || one.localeCompare(other));

// All in one suite: each suite of its own loads grpc-js and the SDK again, for every mutant.
for (const file of suites) {
  describe(file, () => {
    jest.requireActual(join(TESTS, file));
  });
}
