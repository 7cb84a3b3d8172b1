import { diag } from '@opentelemetry/api';
import { guarded, isPromise } from '../../lib/diagnostics/guard.js';

/** What `diag` was told, each line with its error. */
function tellings(): unknown[][] {
  const told: unknown[][] = [];
  jest.spyOn(diag, 'error').mockImplementation((...line: unknown[]) => {
    told.push(line);
  });
  return told;
}

afterEach(() => {
  jest.restoreAllMocks();
});

const ERROR = new Error('broken');
const SYNCHRONOUS = ['grpc-js-opentelemetry: the hook must be synchronous', new TypeError('it returned a promise')];

it.each<[what: string, answer: unknown]>([
  ['a value', 5],
  ['nothing', undefined],
  ['null', null],
  ['an object', {}],
  ['an object whose then is no function', { then: true }],
])('an answer comes through as it is: %s', (_what, answer) => {
  const told = tellings();
  const fn = jest.fn<unknown, [number, number]>(() => answer);
  const fallback = jest.fn();
  expect(guarded('the hook', fn, fallback)(1, 2)).toBe(answer);
  expect(fn.mock.calls).toEqual([[1, 2]]);
  expect(fallback).not.toHaveBeenCalled();
  expect(told).toEqual([]);
});

it.each<[what: string, fn: (a: number, b: number) => unknown, told: readonly unknown[][]]>([
  [
    'throws',
    () => {
      throw ERROR;
    },
    [['grpc-js-opentelemetry: the hook threw', ERROR]],
  ],
  ['promises', () => Promise.resolve(), [SYNCHRONOUS]],
  [
    'promises and rejects',
    () => Promise.reject(ERROR),
    [SYNCHRONOUS, ['grpc-js-opentelemetry: the hook rejected', ERROR]],
  ],
])('the fallback answers instead, with the same arguments, for a function that %s', async (_what, fn, lines) => {
  const told = tellings();
  const fallback = jest.fn((a: number, b: number): unknown => a + b);
  expect(guarded('the hook', fn, fallback)(1, 2)).toBe(3);
  expect(fallback.mock.calls).toEqual([[1, 2]]);
  // A rejection is told once whoever looks for it has been called.
  await Promise.resolve();
  expect(told).toEqual(lines);
});

it('that it promises is told once, that it rejects or throws each time', async () => {
  const told = tellings();
  const answers = [() => Promise.reject(ERROR), () => Promise.resolve(), () => Promise.reject(ERROR)];
  const throwing = (): never => {
    throw ERROR;
  };
  let calls = 0;
  const hook = guarded('the hook', () => (answers[calls++] ?? throwing)(), jest.fn());
  for (let n = 0; n < 5; n++) hook();
  await Promise.resolve();
  const [threw, rejected] = ['threw', 'rejected'].map((what) => [`grpc-js-opentelemetry: the hook ${what}`, ERROR]);
  expect(told).toEqual([SYNCHRONOUS, threw, threw, rejected, rejected]);
});

it.each<[what: string, value: unknown, is: boolean]>([
  ['a promise', Promise.resolve(), true],
  ['what has a function then', { then: () => undefined }, true],
  ['what has another then', { then: 1 }, false],
  ['an object', {}, false],
  ['null', null, false],
  ['nothing', undefined, false],
  ['a function', () => undefined, false],
  ['a text', 'then', false],
])('a promise is what has a function then, and no other: %s', (_what, value, is) => {
  expect(isPromise(value)).toBe(is);
});
