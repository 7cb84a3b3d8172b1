import { ifLinked, ifTraced, unlessLinked, unlessTraced, type Complaint } from './complaints.js';
import type { ExpectedCall } from './expected-call.js';
import type { RecordedSpan } from './recorded-span.js';

/** The matchers as they are called, for the interface of the test runner that declares its own. */
export interface TracingMatchers<Result = void> {
  /** Of a list of spans: exactly one is as expected. With `.not`: none is. */
  toBeTraced(expected: ExpectedCall): Result;
  /** Of a span: it is the child of `parent`, in the same trace, both sampled. With `.not`: it is no child of it. */
  toBeLinkedTo(parent: RecordedSpan | undefined): Result;
}

/** What Jest and Vitest give a matcher as `this`, as far as it is read. */
export interface MatcherContext {
  /** Whether `.not` stands before the matcher. */
  readonly isNot?: boolean;
}

/** What Jest and Vitest want from a matcher. */
export interface MatcherResult {
  /** Whether the spans are as expected, before `.not` turns the answer around. */
  readonly pass: boolean;
  /** What to print where the expectation fails. */
  readonly message: () => string;
}

/**
 * For `expect.extend` of Jest and Vitest: {@link TracingMatchers}, with the messages of the assertions.
 *
 * @example
 * expect.extend(tracingMatchers);
 * expect(spans).toBeTraced({ method: 'helloworld.Greeter/SayHello', side: 'server', code: 'OK' });
 * expect(serverSpan).toBeLinkedTo(clientSpan);
 */
export const tracingMatchers = {
  /** Exactly one of the spans is as expected. With `.not`: none is. */
  toBeTraced(this: MatcherContext, spans: unknown, expected: ExpectedCall): MatcherResult {
    return this.isNot === true ? failingNot(ifTraced(spans, expected)) : failing(unlessTraced(spans, expected));
  },

  /** The span is the child of `parent`, in the same trace, both sampled. With `.not`: it is no child of it. */
  toBeLinkedTo(this: MatcherContext, child: unknown, parent: unknown): MatcherResult {
    return this.isNot === true ? failingNot(ifLinked(parent, child)) : failing(unlessLinked(parent, child));
  },
};

function failing(complaint: Complaint): MatcherResult {
  return { pass: complaint === undefined, message: () => complaint ?? '' };
}

/** With `.not`, the runner takes a pass for the failure. */
function failingNot(complaint: Complaint): MatcherResult {
  return { pass: complaint !== undefined, message: () => complaint ?? '' };
}
