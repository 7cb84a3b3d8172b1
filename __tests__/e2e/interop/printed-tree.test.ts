import { printedTree } from '../../../e2e/interop/jaeger/printed-tree.js';
import { outputInReadme } from '../../helpers/example-output.js';

const HEADER = 'service    method                 side   0            1.2 s duration status';

test('reads what the demo prints', () => {
  const rows = printedTree([...outputInReadme('demo'), '', '18 spans sent to Jaeger']);

  expect(rows).toHaveLength(18);
  expect(rows[0]).toEqual({ service: 'visitor', branch: '', method: 'Welcome', side: 'client', status: 'OK' });
  expect(rows[5]).toEqual({
    service: 'translator',
    branch: '  │     └ ',
    method: 'Translate',
    side: 'server',
    status: 'OK',
  });
  expect(rows[17]).toEqual({
    service: 'translator',
    branch: '        └ ',
    method: 'TranslateAll',
    side: 'server',
    status: 'CANCELLED',
  });
});

test('reads what takes seconds, too', () => {
  const slow = [HEADER, 'visitor    Welcome                client ██████████████████    1.2 s OK', ''];

  expect(printedTree(slow)).toEqual([
    { service: 'visitor', branch: '', method: 'Welcome', side: 'client', status: 'OK' },
  ]);
});

test('does not take a span that is open for one that has ended', () => {
  const open = [HEADER, 'visitor    Welcome                client ░░░░░░░░░░░░░░░░░░     open', ''];

  expect(() => printedTree(open)).toThrow('not a span that has ended: visitor');
  expect(() => printedTree(['trace 0', ''])).toThrow('no tree');
});
