import { deepStrictEqual, equal, match } from 'node:assert/strict';
import { setTimeout as elapsed } from 'node:timers/promises';
import type { TraceRow } from '../../../examples/demo/trace-tree.js';
import { traceView } from '../../../examples/demo/trace-view.js';
import { RepositoryProgram } from '../../../tools/repository-program.js';
import { eventually } from '../eventually.js';
import type { Stage } from '../part.js';
import type { Jaeger } from './jaeger.js';
import type { JaegerSpan } from './query.js';

/** As in a shell: 128 and the signal's number. */
const SIGINT_CODE = 130;

/** What differs from run to run, or is of no account: nanoseconds in one view, microseconds in the other. */
const BAR_AND_DURATION = / [ █]*█[ █]* [\d.]+ ms /;

/**
 * Runs `npm run demo`, ends it by Ctrl-C so many milliseconds after its trace began, and compares the tree that it printed
 * with the tree that Jaeger has.
 *
 * @returns how many spans the trace had
 */
export async function compareInterruptedDemo(
  stage: Stage,
  { query }: Jaeger,
  env: NodeJS.ProcessEnv,
  afterMillis: number,
): Promise<number> {
  const demo = new RepositoryProgram('examples/demo/main.ts', env);
  stage.onEnd(() => demo.kill());
  const [, traceId = ''] = await demo.line(/^trace ([0-9a-f]{32})$/);
  await elapsed(afterMillis);
  demo.signal('SIGINT');
  const { code, stdout } = await demo.ended;

  equal(code, SIGINT_CODE, stdout.join('\n'));
  const printed = stdout.filter((line) => BAR_AND_DURATION.test(line));
  match(String(stdout.at(-1)), new RegExp(`^${printed.length} spans sent to `));
  const spans = await eventually(`trace ${traceId} of ${printed.length} spans`, async () => {
    const found = await query.trace(traceId);
    return found.length >= printed.length ? found : undefined;
  });
  const shown = traceView(spans.map(row), { width: 80, colour: false }).filter((line) => BAR_AND_DURATION.test(line));
  deepStrictEqual(shown.map(withoutTimes), printed.map(withoutTimes));
  return spans.length;
}

function row({ spanId, parentSpanId, service, name, start, duration, tags }: JaegerSpan): TraceRow {
  return {
    spanId,
    parentSpanId,
    service,
    method: name,
    side: String(tags['span.kind']),
    start: start / 1000,
    duration: duration / 1000,
    status: String(tags['rpc.status_code']),
    failed: tags['error'] === true,
  };
}

function withoutTimes(line: string): string {
  return line.replace(BAR_AND_DURATION, ' ');
}
