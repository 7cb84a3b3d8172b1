import { createHash } from 'node:crypto';
import { tracePage } from '../../../examples/demo/html/trace-page.js';
import type { TraceRow } from '../../../examples/demo/trace-tree.js';

const HOSTILE = '</script></style><script>"\'&';

const ROW: TraceRow = {
  spanId: 'a',
  service: HOSTILE,
  method: HOSTILE,
  side: HOSTILE,
  start: 0,
  duration: 1,
  status: HOSTILE,
  failed: true,
};

const PAGE = tracePage({
  traceId: HOSTILE,
  spans: [
    { row: ROW, sections: [{ title: HOSTILE, entries: [[HOSTILE, HOSTILE]] }] },
    { row: { ...ROW, spanId: 'b', parentSpanId: 'a', failed: false, duration: undefined }, sections: [] },
  ],
  story: [HOSTILE],
  style: 'p { margin: 0 }',
  script: 'run();',
});

test('whatever is said of a span is text', () => {
  const tags = [...PAGE.matchAll(/<\/?(script|style)[^>]*>/g)].map(([tag]) => tag);

  expect(tags).toEqual(['<style>', '</style>', '<script>', '</script>']);
});

test('the browser may have the page of its own style and script, and nothing else', () => {
  const hash = (source: string): string => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(PAGE) ?? [];
  const directives = policy.replaceAll('&#39;', "'").split('; ');

  expect(directives).toEqual([
    "default-src 'none'",
    `style-src ${hash('p { margin: 0 }')}`,
    `script-src ${hash('run();')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  expect(PAGE).not.toMatch(/<[^>]+ (style|on\w+|href|src)=/);
});

test('items tell their place, and one of them is in the order of the Tab key', () => {
  const items = [...PAGE.matchAll(/<div role="treeitem" (.*) aria-selected.* (tabindex="\S+" data-details="\S+")>/g)];

  expect(items.map(([, place, rest]) => [place, rest])).toEqual([
    ['aria-level="1" aria-posinset="1" aria-setsize="1" aria-expanded="true"', 'tabindex="0" data-details="span-0"'],
    ['aria-level="2" aria-posinset="1" aria-setsize="1"', 'tabindex="-1" data-details="span-1"'],
  ]);
});

test('a trace without spans is a page, too', () => {
  expect(tracePage({ traceId: '', spans: [], story: [], style: '', script: '' })).toContain('role="tree"');
});
