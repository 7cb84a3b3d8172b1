import { treePlaces } from '../../../examples/demo/html/tree-place.js';

test('places of a tree with two roots', () => {
  const places = treePlaces([1, 2, 3, 2, 1, 2]).map(({ level, position, siblings, hasChildren }) =>
    [level, position, siblings, hasChildren].join(' '),
  );

  expect(places).toEqual(['1 1 2 true', '2 1 2 true', '3 1 1 false', '2 2 2 false', '1 2 2 true', '2 1 1 false']);
});

test('no items, no places', () => {
  expect(treePlaces([])).toEqual([]);
});
