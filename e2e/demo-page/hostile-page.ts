import { writeFile } from 'node:fs/promises';
import { pageParts } from '../../examples/demo/html/write-page.js';
import { tracePage } from '../../examples/demo/html/trace-page.js';

/** What would run, load or break out, if it were not taken for the text that it is. */
export const HOSTILE = [
  '</script><script>window.ran = true</script>',
  '"><img src=x onerror="window.ran = true">',
  "' onfocus='window.ran = true' autofocus='",
  '<style>@import "http://127.0.0.1:9/"</style>',
  '<!-- ]]> &lt;b&gt; ${window.ran = true} {{ran}}',
  'javascript:window.ran=true',
  '\u202egnorw\u2066',
];

/** Spans that say nothing else, wherever they can say something. */
export async function writeHostilePage(file: string): Promise<void> {
  const spans = HOSTILE.map((text, index) => ({
    row: {
      spanId: `${index}${text}`,
      parentSpanId: index === 0 ? undefined : `${index - 1}${HOSTILE[index - 1] ?? ''}`,
      service: text,
      method: text,
      side: text,
      start: index,
      duration: 10,
      status: text,
      failed: true,
    },
    sections: [{ title: text, entries: [[text, text] as const] }],
  }));
  await writeFile(file, tracePage({ traceId: HOSTILE.join(), spans, story: HOSTILE, ...(await pageParts()) }));
}
