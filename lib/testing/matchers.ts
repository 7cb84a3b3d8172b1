import type { Attributes, SpanContext } from '@opentelemetry/api';
import {
  ifChild,
  ifSpanLink,
  ifTraced,
  unlessChild,
  unlessSpanLink,
  unlessTraced,
  type Complaint,
} from './complaints.js';
import type { ExpectedCall } from './expected-call.js';
import type { RecordedSpan } from './recorded-span.js';

/**
 * The matchers as they are called, for the interface of the test runner that declares its own.
 *
 * @category Assert
 */
export interface TracingMatchers<Result = void> {
  /** Of a list of spans: exactly one is as expected. With `.not`: none is. */
  toBeTraced(expected: ExpectedCall): Result;
  /** Of a span: it is the child of `parent`, in the same trace, both sampled. With `.not`: it is no child of it. */
  toBeChildOf(parent: RecordedSpan | undefined): Result;
  /**
   * Of a span: it has a link to that span, or that context, with these attributes among its own if some are given. With
   * `.not`: it has no such link.
   */
  toHaveSpanLink(to: RecordedSpan | SpanContext | undefined, attributes?: Attributes): Result;
}

/**
 * What Jest and Vitest give a matcher as `this`, as far as it is read.
 *
 * @category Assert
 */
export interface MatcherContext {
  /** Whether `.not` stands before the matcher. */
  readonly isNot?: boolean;
}

/**
 * What Jest and Vitest want from a matcher.
 *
 * @category Assert
 */
export interface MatcherResult {
  /** Whether the spans are as expected, before `.not` turns the answer around. */
  readonly pass: boolean;
  /** What to print where the expectation fails. */
  readonly message: () => string;
}

/**
 * For `expect.extend` of Jest and Vitest: {@link TracingMatchers}, with the messages of the assertions.
 *
 * @category Assert
 *
 * @example
 * ```ts
 * expect.extend(tracingMatchers);
 * expect(spans).toBeTraced({ method: 'helloworld.Greeter/SayHello', side: 'server', code: 'OK' });
 * expect(serverSpan).toBeChildOf(clientSpan);
 * ```
 */
export const tracingMatchers = {
  /** Exactly one of the spans is as expected. With `.not`: none is. */
  toBeTraced(this: MatcherContext, spans: unknown, expected: ExpectedCall): MatcherResult {
    return this.isNot === true ? failingNot(ifTraced(spans, expected)) : failing(unlessTraced(spans, expected));
  },

  /** The span is the child of `parent`, in the same trace, both sampled. With `.not`: it is no child of it. */
  toBeChildOf(this: MatcherContext, child: unknown, parent: unknown): MatcherResult {
    return this.isNot === true ? failingNot(ifChild(child, parent)) : failing(unlessChild(child, parent));
  },

  /** The span has a link to that span or context, with these attributes among its own. With `.not`: it has none. */
  toHaveSpanLink(this: MatcherContext, span: unknown, to: unknown, attributes?: Attributes): MatcherResult {
    return this.isNot === true
      ? failingNot(ifSpanLink(span, to, attributes))
      : failing(unlessSpanLink(span, to, attributes));
  },
};

function failing(complaint: Complaint): MatcherResult {
  return { pass: complaint === undefined, message: () => complaint ?? '' };
}

/** With `.not`, the runner takes a pass for the failure. */
function failingNot(complaint: Complaint): MatcherResult {
  return { pass: complaint !== undefined, message: () => complaint ?? '' };
}
