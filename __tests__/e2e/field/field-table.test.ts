import { fieldTable } from '../../../e2e/field/field-table.js';
import type { Row } from '../../../e2e/field/row.js';

const row: Row = {
  library: 'etcd3',
  versions: '1.1.2',
  how: 'withTracing',
  calls: 4,
  client: 4,
  linked: 4,
  same: true,
};

it('shows what each library has shown, and why one is not better', () => {
  const other = { ...row, library: 'gax', client: 0, linked: 0, same: false, outside: 'It drops interceptors.' };
  expect(fieldTable([row, other])).toBe(
    [
      '| library | versions | traced by   | calls | CLIENT spans | linked SERVER spans | same results |',
      '| ------- | -------- | ----------- | ----: | -----------: | ------------------: | ------------ |',
      '| etcd3   | 1.1.2    | withTracing |     4 |            4 |                   4 | yes          |',
      '| gax ¹   | 1.1.2    | withTracing |     4 |            0 |                   0 | no           |',
      '',
      '¹ It drops interceptors.',
    ].join('\n'),
  );
});
