import { context, propagation, ROOT_CONTEXT, type TextMapPropagator } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { globalPropagator, hasGlobalPropagation } from '../../lib/propagation/global.js';
import { GrpcTraceBinPropagator } from '../../lib/propagation/grpc-trace-bin.js';
import {
  baggageIn,
  contextOf,
  extract,
  inject,
  spanContextIn,
  TRACE_ID,
  TRACEPARENT,
} from '../helpers/propagation/text-map.js';

afterEach(() => {
  propagation.disable();
  context.disable();
});

const W3C_FIELDS = ['traceparent', 'tracestate', 'baggage'];

test('where none is registered: W3C trace context and baggage', () => {
  const context = extract(globalPropagator, { traceparent: TRACEPARENT, tracestate: 'a=1', baggage: 'b=2' });
  expect(spanContextIn(context)).toMatchObject({ traceId: TRACE_ID, traceState: 'a=1' });
  expect(baggageIn(context)).toEqual([['b', '2', '']]);
  expect(inject(globalPropagator, context)).toEqual({ traceparent: TRACEPARENT, tracestate: 'a=1', baggage: 'b=2' });
  expect(globalPropagator.fields()).toEqual(W3C_FIELDS);
});

test('the registered one, looked up at every call', () => {
  const sent = () => Object.keys(inject(globalPropagator, contextOf()));
  const takesW3c = () => extract(globalPropagator, { traceparent: TRACEPARENT }) !== ROOT_CONTEXT;
  expect([sent(), takesW3c()]).toEqual([['traceparent'], true]);
  propagation.setGlobalPropagator(new GrpcTraceBinPropagator());
  expect([sent(), takesW3c()]).toEqual([['grpc-trace-bin'], false]);
  expect(globalPropagator.fields()).toEqual(['grpc-trace-bin']);
  propagation.disable();
  expect([sent(), takesW3c()]).toEqual([['traceparent'], true]);
});

test.each<[what: string, register: () => void, has: boolean]>([
  ['nothing', () => undefined, false],
  ['a propagator', () => propagation.setGlobalPropagator(new GrpcTraceBinPropagator()), true],
  ['a context manager', () => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()), true],
])('whether there is anything to pass on where %s is registered', (_what, register, has) => {
  register();
  expect(hasGlobalPropagation()).toBe(has);
});

test('hands everything on as it is', () => {
  const seen: unknown[] = [];
  const registered: TextMapPropagator = {
    inject: (...args) => void seen.push(args),
    extract: (...args) => {
      seen.push(args);
      return args[0];
    },
    fields: () => ['x'],
  };
  propagation.setGlobalPropagator(registered);
  const [carrier, setter, getter] = [{}, { set: () => undefined }, { get: () => undefined, keys: () => [] }];
  globalPropagator.inject(ROOT_CONTEXT, carrier, setter);
  expect(globalPropagator.extract(ROOT_CONTEXT, carrier, getter)).toBe(ROOT_CONTEXT);
  expect(seen).toEqual([
    [ROOT_CONTEXT, carrier, setter],
    [ROOT_CONTEXT, carrier, getter],
  ]);
});
