import type { Attributes, SpanContext } from '@opentelemetry/api';
import { AssertionError } from 'node:assert';
import {
  ifChild,
  ifSpanLink,
  ifTraced,
  unlessChild,
  unlessSpanLink,
  unlessTraced,
  type Complaint,
} from './complaints.js';
import { callsIn, type ExpectedCall } from './expected-call.js';
import type { RecordedSpan } from './recorded-span.js';

/**
 * Asserts that exactly one of the spans is of a call as expected, and returns that span. Use {@link callsIn} where there
 * are several.
 *
 * @category Assert
 *
 * @example
 * ```ts
 * const span = assertTraced(spans, { method: 'helloworld.Greeter/SayHello', side: 'client', code: 'OK' });
 * ```
 *
 * @throws AssertionError that says what is different and shows the spans as a tree.
 * @throws TypeError if these are no recorded spans, or the method has no service.
 */
export function assertTraced(spans: readonly RecordedSpan[], expected: ExpectedCall): RecordedSpan {
  refuse(unlessTraced(spans, expected), assertTraced);
  const [span] = callsIn(spans, expected);
  // The compiler cannot know that there is exactly one.
  return span as RecordedSpan;
}

/**
 * Asserts that none of the spans is of such a call: that a filter leaves it out, say. Wait for spans that must come first.
 *
 * @category Assert
 *
 * @example
 * ```ts
 * assertNotTraced(await telemetry.allEnded(), { method: 'grpc.health.v1.Health/Check' });
 * ```
 *
 * @throws AssertionError that shows the spans as a tree.
 * @throws TypeError if these are no recorded spans, or the method has no service.
 */
export function assertNotTraced(spans: readonly RecordedSpan[], expected: ExpectedCall): void {
  refuse(ifTraced(spans, expected), assertNotTraced);
}

/**
 * Asserts that a span is the child of another: it is of the same trace, the other is its parent, and both are sampled. That
 * is so for the SERVER and the CLIENT span of a call whose context arrived, and for the CLIENT span of a call and the span
 * of the application that it is made in.
 *
 * @category Assert
 *
 * @example
 * ```ts
 * assertChildOf(serverSpan, clientSpan);
 * ```
 *
 * @throws AssertionError that says what is broken and shows both spans.
 * @throws TypeError if one is no recorded span.
 */
export function assertChildOf(child: RecordedSpan | undefined, parent: RecordedSpan | undefined): void {
  refuse(unlessChild(child, parent), assertChildOf);
}

/**
 * Asserts that a span is not the child of another, sampled or not: that a server with `trustIncoming: false` starts a trace
 * of its own, say.
 *
 * @category Assert
 *
 * @example
 * ```ts
 * assertNotChildOf(serverSpan, clientSpan);
 * ```
 *
 * @throws AssertionError that shows both spans.
 * @throws TypeError if one is no recorded span.
 */
export function assertNotChildOf(child: RecordedSpan | undefined, parent: RecordedSpan | undefined): void {
  refuse(ifChild(child, parent), assertNotChildOf);
}

/**
 * Asserts that one of a span's links leads to another span: that a server with `trustIncoming: false` keeps a link to its
 * caller, say. Links are not parents: for those there is {@link assertChildOf}.
 *
 * @param span - the span that has the link
 * @param to - the other span, or its context where it was not recorded here
 * @param attributes - those that the link must have, with exactly these values; it may have others
 *
 * @category Assert
 *
 * @example
 * ```ts
 * assertSpanLink(serverSpan, clientSpan);
 * ```
 *
 * @throws AssertionError that says what is different and shows the spans with their links.
 * @throws TypeError if one is no recorded span, nor the other a context.
 */
export function assertSpanLink(
  span: RecordedSpan | undefined,
  to: RecordedSpan | SpanContext | undefined,
  attributes?: Attributes,
): void {
  refuse(unlessSpanLink(span, to, attributes), assertSpanLink);
}

/**
 * Asserts that none of a span's links leads to another span, or none that has these attributes.
 *
 * @param span - the span that may have links
 * @param to - the other span, or its context where it was not recorded here
 * @param attributes - those that make it the link that is not expected
 *
 * @category Assert
 *
 * @example
 * ```ts
 * assertNoSpanLink(serverSpan, clientSpan);
 * ```
 *
 * @throws AssertionError that shows the spans with their links.
 * @throws TypeError if one is no recorded span, nor the other a context.
 */
export function assertNoSpanLink(
  span: RecordedSpan | undefined,
  to: RecordedSpan | SpanContext | undefined,
  attributes?: Attributes,
): void {
  refuse(ifSpanLink(span, to, attributes), assertNoSpanLink);
}

/** `fail` is the operator of which test runners print the message and nothing else. */
function refuse(complaint: Complaint, stackStartFn: (...args: never[]) => unknown): void {
  if (complaint !== undefined) throw new AssertionError({ message: complaint, operator: 'fail', stackStartFn });
}
