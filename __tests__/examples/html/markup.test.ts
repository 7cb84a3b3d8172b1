import { markup, Markup } from '../../../examples/demo/html/markup.js';

test('texts are escaped, in lists too; markup stays', () => {
  const { html } = markup`<p title="${`"'`}">${['<b>', new Markup('<i>'), 1]}&${'&'}</p>`;

  expect(html).toBe('<p title="&quot;&#39;">&lt;b&gt;<i>1&&amp;</p>');
});

test('control characters become visible, but for those of a text', () => {
  expect(markup`${'a\u0000b\u001bc\rd\ne\tf'}`.html).toBe('a\ufffdb\ufffdc\ufffdd\ne\tf');
});
