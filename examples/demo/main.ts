import { constants } from 'node:os';
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { goOnWithoutReader } from '../without-reader.js';
import { demoArguments } from './arguments.js';
import { wantsColour } from './colour.js';
import { outletsFrom } from './outlet.js';
import { runDemo } from './run.js';
import { SpanRecorder } from './span-recorder.js';
import { spanRow } from './span-row.js';
import { STORY } from './story.js';
import { traceView } from './trace-view.js';

async function main(): Promise<void> {
  goOnWithoutReader();
  const { html } = demoArguments(process.argv.slice(2));
  const outlets = outletsFrom(process.env);

  // The one global: it carries the active span through the callbacks of all services.
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

  // All spans of the cancelled calls end, and are shown and sent as ever. A second signal ends the program at once.
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      process.exitCode = 128 + constants.signals[signal];
      interruption.abort();
    });
  }

  const recorder = new SpanRecorder((traceId) => console.log(`trace ${traceId}\n`));
  const { failure, shutdown } = await runDemo(recorder, outlets, interruption.signal);

  const story = failure === undefined ? STORY : [];
  print(recorder, story);
  if (html !== undefined) await save(html, recorder, story);
  if (failure !== undefined) {
    console.error(`The visit ended early: ${failure}`);
    process.exitCode ??= 1;
  }
  await shutdown();
  for (const outlet of outlets) (outlet.failed ? console.error : console.log)(outlet.summary());
}

function print({ spans }: SpanRecorder, story: readonly string[]): void {
  const width = process.stdout.isTTY ? process.stdout.columns : 80;
  const view = { width, colour: wantsColour(process.stdout, process.env) };
  for (const line of story) console.log(line);
  if (story.length > 0) console.log();
  for (const line of traceView(spans.map(spanRow), view)) console.log(line);
  console.log();
}

/** The spans are sent all the same where the page cannot be written. */
async function save(file: string, { spans }: SpanRecorder, story: readonly string[]): Promise<void> {
  // What makes the page is of no use to a run without one.
  const { writePage } = await import('./html/write-page.js');
  try {
    await writePage(file, spans, story);
    console.log(`page written to ${file}`);
  } catch (error) {
    console.error(`The page was not written: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode ??= 1;
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
