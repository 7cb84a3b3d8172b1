import {
  context,
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type Context,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { overlaid, settled } from '../../lib/propagation/overlay-context.js';

const A = createContextKey('a');
const B = createContextKey('b');
const C = createContextKey('c');
const KEYS = [A, B, C];

const BELOW = ROOT_CONTEXT.setValue(A, 'below');

/** What is done to a context, and what it holds after. */
const CHANGES: [what: string, change: (context: Context) => Context][] = [
  ['nothing', (given) => given],
  ['a value', (given) => given.setValue(B, 1)],
  ['a value over one that was there', (given) => given.setValue(A, 'above')],
  ['two values', (given) => given.setValue(B, 1).setValue(C, 2)],
  ['a value twice', (given) => given.setValue(B, 1).setValue(B, 2)],
  ['a value twice, another between', (given) => given.setValue(B, 1).setValue(C, 2).setValue(B, 3)],
  ['one that is taken away', (given) => given.deleteValue(A)],
  ['one that is added and taken away', (given) => given.setValue(B, 1).deleteValue(B)],
  ['one that was never there, taken away', (given) => given.deleteValue(C)],
  ['undefined', (given) => given.setValue(A, undefined)],
  ['null and false', (given) => given.setValue(A, null).setValue(B, false)],
];

function held(given: Context): unknown[] {
  return KEYS.map((key) => given.getValue(key));
}

describe.each([
  ['the root', ROOT_CONTEXT],
  ['a context of the API', BELOW],
  ['one that is overlaid already', overlaid(BELOW).setValue(C, 'overlaid')],
])('over %s', (_what, base) => {
  it.each(CHANGES)(
    '%s: it holds what a context of the API holds, before it is settled and after',
    (_changes, change) => {
      const expected = held(change(settled(base)));
      const changed = change(overlaid(base));
      expect(held(changed)).toEqual(expected);
      expect(held(settled(changed))).toEqual(expected);
      expect(settled(changed).constructor).toBe(ROOT_CONTEXT.constructor);
    },
  );

  it('what it is put over stays as it was', () => {
    const before = held(base);
    overlaid(base).setValue(A, 'above').deleteValue(B);
    expect(held(base)).toEqual(before);
  });
});

it('is what it was put over where nothing was added', () => {
  expect(settled(overlaid(BELOW))).toBe(BELOW);
  expect(settled(overlaid(ROOT_CONTEXT))).toBe(ROOT_CONTEXT);
});

it('is the same context when it is overlaid again', () => {
  const once = overlaid(BELOW).setValue(B, 1);
  expect(overlaid(once)).toBe(once);
});

it('leaves a context of another make as it is', () => {
  const other: Context = { getValue: () => 'other', setValue: () => other, deleteValue: () => other };
  expect(settled(other)).toBe(other);
  expect(settled(overlaid(other))).toBe(other);
  expect(held(overlaid(other).setValue(B, 1))).toEqual(['other', 1, 'other']);
});

it('settles by the means of the context below, of whatever make', () => {
  const own: Context = {
    getValue: () => undefined,
    setValue: (key, value) => BELOW.setValue(key, value),
    deleteValue: () => BELOW,
  };
  expect(held(settled(overlaid(own).setValue(B, 1)))).toEqual(['below', 1, undefined]);
});

it('carries spans and baggage as the API puts them there', () => {
  const spanContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.SAMPLED };
  const baggage = propagation.createBaggage({ tenant: { value: 'acme' } });
  const carried = propagation.setBaggage(trace.setSpanContext(overlaid(ROOT_CONTEXT), spanContext), baggage);
  for (const one of [carried, settled(carried)]) {
    expect(trace.getSpanContext(one)).toEqual(spanContext);
    expect(propagation.getBaggage(one)).toBe(baggage);
  }
  expect(trace.getSpan(trace.deleteSpan(carried))).toBeUndefined();
});

it('can be entered as it is, if somebody should', () => {
  const manager = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(manager);
  const one = overlaid(ROOT_CONTEXT).setValue(A, 1);
  context.with(one, () => expect(context.active().getValue(A)).toBe(1));
  context.disable();
  manager.disable();
});
