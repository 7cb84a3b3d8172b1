import { runInNewContext } from 'node:vm';
import { isAttributeValue } from '../../lib/options/attribute-value.js';
import { HELD, NOT_HELD } from '../helpers/attribute-values.js';

it.each(HELD)('a span can hold %s', (_what, value) => {
  expect(isAttributeValue(value)).toBe(true);
});

it.each(NOT_HELD)('no span can hold %s', (_what, value) => {
  expect(isAttributeValue(value)).toBe(false);
});

it('an attribute may be not there', () => {
  expect(isAttributeValue(undefined)).toBe(true);
});

it('an object of another realm is one, too', () => {
  expect(isAttributeValue(runInNewContext("({ a: ['b'] })"))).toBe(true);
});
