import { HELD, NOT_HELD } from '../../helpers/attribute-values.js';
import { loadCore3 } from '../../helpers/propagation/core-releases.js';

let isAnyValue: (value: unknown) => boolean;

beforeAll(async () => {
  // Of SDK 3, whose types are not installed.
  ({ isAnyValue } = (await loadCore3()) as unknown as { readonly isAnyValue: typeof isAnyValue });
});

it.each(HELD)('a span of SDK 3 holds %s', (_what, value) => {
  expect(isAnyValue(value)).toBe(true);
});

it.each(NOT_HELD)('no span of SDK 3 holds %s', (_what, value) => {
  expect(isAnyValue(value)).toBe(false);
});
