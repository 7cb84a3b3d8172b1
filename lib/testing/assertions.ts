import { AssertionError } from 'node:assert';
import { ifLinked, ifTraced, unlessLinked, unlessTraced, type Complaint } from './complaints.js';
import { callsIn, type ExpectedCall } from './expected-call.js';
import type { RecordedSpan } from './recorded-span.js';

/**
 * Asserts that exactly one of the spans is of a call as expected, and returns that span. Use {@link callsIn} where there
 * are several.
 *
 * @example
 * const span = assertTraced(spans, { method: 'helloworld.Greeter/SayHello', side: 'client', code: 'OK' });
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
 * @example
 * assertNotTraced(await telemetry.allEnded(), { method: 'grpc.health.v1.Health/Check' });
 *
 * @throws AssertionError that shows the spans as a tree.
 * @throws TypeError if these are no recorded spans, or the method has no service.
 */
export function assertNotTraced(spans: readonly RecordedSpan[], expected: ExpectedCall): void {
  refuse(ifTraced(spans, expected), assertNotTraced);
}

/**
 * Asserts that a span continues another: it is of the same trace, it is the other's child, and both are sampled. That is so
 * for the CLIENT and the SERVER span of a call whose context arrived, and for a span of the application and the CLIENT span
 * of a call made in it.
 *
 * @example
 * assertLinked(clientSpan, serverSpan);
 *
 * @throws AssertionError that says what is broken and shows both spans.
 * @throws TypeError if one is no recorded span.
 */
export function assertLinked(parent: RecordedSpan | undefined, child: RecordedSpan | undefined): void {
  refuse(unlessLinked(parent, child), assertLinked);
}

/**
 * Asserts that a span is not the child of another: that a server which does not trust its callers starts a trace of its
 * own, say.
 *
 * @example
 * assertNotLinked(clientSpan, serverSpan);
 *
 * @throws AssertionError that shows both spans.
 * @throws TypeError if one is no recorded span.
 */
export function assertNotLinked(parent: RecordedSpan | undefined, child: RecordedSpan | undefined): void {
  refuse(ifLinked(parent, child), assertNotLinked);
}

/** `fail` is the operator of which test runners print the message and nothing else. */
function refuse(complaint: Complaint, stackStartFn: (...args: never[]) => unknown): void {
  if (complaint !== undefined) throw new AssertionError({ message: complaint, operator: 'fail', stackStartFn });
}
