const circle: Record<string, unknown> = {};
circle['inner'] = [circle];
const twice = { a: 1 };

class Tenant {
  readonly id = 'a';
}

type Row = [what: string, value: unknown];

/** What spans can hold, of one SDK or the other. */
export const HELD: readonly Row[] = [
  ['text', ''],
  ['a number', 1.5],
  ['no number', NaN],
  ['a boolean', false],
  ['nothing', null],
  ['bytes', Uint8Array.of(1)],
  ['a buffer', Buffer.of(1)],
  ['an empty list', []],
  ['a list', ['a', 'b']],
  ['a list with gaps', ['a', undefined, null]],
  ['a mixed list', ['a', 1, true]],
  ['an object', { a: { b: ['c'] } }],
  ['an object whose part is not there', { a: undefined }],
  ['an object without a prototype', Object.create(null)],
  ['one object twice', [twice, { twice }]],
];

/** What those of none can. */
export const NOT_HELD: readonly Row[] = [
  ['a function', () => 1],
  ['a class', Tenant],
  ['a symbol', Symbol('a')],
  ['a bigint', 1n],
  ['a date', new Date(0)],
  ['an error', new Error('a')],
  ['a map', new Map([['a', 1]])],
  ['a promise', Promise.resolve('a')],
  ['an instance', new Tenant()],
  ['numbers of another width', Float64Array.of(1)],
  ['a list with a function', ['a', () => 1]],
  ['an object with a bigint far below', { a: [{ b: 1n }] }],
  ['what holds itself', circle],
];
