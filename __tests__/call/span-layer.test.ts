import { createContextKey, ROOT_CONTEXT, trace, TraceFlags, type Context, type Span } from '@opentelemetry/api';
import fc from 'fast-check';
import { ROOT, setSpan } from '../../lib/call/span-layer.js';

const KEYS = ['a', 'b'].map(createContextKey);

function spanOf(number: number): Span {
  const id = String(number);
  return trace.wrapSpanContext({
    traceId: id.padStart(32, '7'),
    spanId: id.padStart(16, '7'),
    traceFlags: TraceFlags.SAMPLED,
  });
}

/** What anybody can see of a context. */
function seen(context: Context): unknown[] {
  return [trace.getSpan(context), ...KEYS.map((key) => context.getValue(key))];
}

type Step = (context: Context) => Context;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.nat(9).map((n): Step => {
    const span = spanOf(n);
    return (context) => trace.setSpan(context, span);
  }),
  fc.constant<Step>((context) => trace.deleteSpan(context)),
  fc.tuple(fc.constantFrom(...KEYS), fc.nat(9)).map(
    ([key, value]): Step =>
      (context) =>
        context.setValue(key, value),
  ),
  fc.constantFrom(...KEYS).map(
    (key): Step =>
      (context) =>
        context.deleteValue(key),
  ),
);

describe('a context that differs in its span alone', () => {
  const span = spanOf(1);

  it('shows what the API’s own shows, whatever is set and deleted', () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let [ours, theirs] = [setSpan(ROOT_CONTEXT, span), trace.setSpan(ROOT_CONTEXT, span)];
        for (const next of steps) {
          const before = [ours, seen(ours)] as const;
          [ours, theirs] = [next(ours), next(theirs)];
          expect(seen(ours)).toEqual(seen(theirs));
          // The one that it was made of has not changed.
          expect(seen(before[0])).toEqual(before[1]);
        }
      }),
    );
  });

  it('lies on whatever context it was made of', () => {
    const below = ROOT_CONTEXT.setValue(KEYS[0] ?? Symbol('a'), 'below');
    expect(seen(setSpan(below, span))).toEqual([span, 'below', undefined]);
    expect(seen(setSpan(setSpan(below, spanOf(2)), span))).toEqual([span, 'below', undefined]);
  });

  it('does not grow with the spans that are set one on the other', () => {
    let context = ROOT;
    // One within the other, so many would exhaust the stack.
    for (let n = 0; n < 100_000; n++) context = n % 2 ? setSpan(context, span) : trace.setSpan(context, span);
    expect(context.getValue(KEYS[0] ?? Symbol('a'))).toBeUndefined();
    expect(trace.getSpan(context)).toBe(span);
  });
});

it('the root has nothing', () => {
  expect(seen(ROOT)).toEqual(seen(ROOT_CONTEXT));
  expect(seen(trace.setSpan(ROOT, spanOf(1)))).toEqual([spanOf(1), undefined, undefined]);
});
