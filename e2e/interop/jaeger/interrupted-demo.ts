import { deepStrictEqual, equal, match } from 'node:assert/strict';
import { setTimeout as elapsed } from 'node:timers/promises';
import { spanTree } from 'grpc-js-opentelemetry/testing';
import { RepositoryProgram } from '../../../tools/repository-program.js';
import { eventually } from '../../../tools/eventually.js';
import type { PartStage } from '../../../tools/run-on-stage.js';
import type { Jaeger } from './jaeger.js';
import { printedTree, type PrintedRow } from './printed-tree.js';
import type { JaegerSpan } from './query.js';

/** Of one level of the tree, in characters. */
const BRANCH_WIDTH = 2;

/** As many as the demo's README shows. */
export const DEMO_SPANS = 18;

/** As in a shell: 128 and the signal's number. */
const SIGINT_CODE = 130;

/**
 * Runs `npm run demo`, ends it by Ctrl-C so many milliseconds after its trace began, and compares the tree that it printed
 * with the tree that Jaeger has.
 *
 * @returns how many spans the trace had
 */
export async function compareInterruptedDemo(
  stage: PartStage,
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
  const printed = printedTree(stdout);
  match(String(stdout.at(-1)), new RegExp(`^${printed.length} spans sent to `));
  const spans = await eventually(`trace ${traceId} of ${printed.length} spans`, async () => {
    const found = await query.trace(traceId);
    return found.length >= printed.length ? found : undefined;
  });
  const isFull = printed.some(({ method }) => method.includes('/'));
  deepStrictEqual(paths(shownTree(spans, isFull)), paths(printed));
  return spans.length;
}

/**
 * Where each span stands below the others, in any order: what starts in the same millisecond, as fine as the SDK tells, is
 * printed in the order that it came in, which Jaeger does not keep.
 */
function paths(tree: readonly PrintedRow[]): readonly string[] {
  const above: string[] = [];
  return tree
    .map(({ branch, service, method, side, status }) => {
      above.length = branch.length / BRANCH_WIDTH;
      above.push([service, method, side, status].join(' '));
      return above.join(' > ');
    })
    .sort();
}

/** What the demo is to print of these spans; where the lines have no room for it, methods stand without their service. */
function shownTree(spans: readonly JaegerSpan[], isFull: boolean): PrintedRow[] {
  const inOrder = [...spans].sort((a, b) => a.start - b.start);
  return spanTree(inOrder).map(({ branch, row: { service, name, tags } }) => ({
    service,
    branch,
    method: isFull ? name : name.slice(name.lastIndexOf('/') + 1),
    side: String(tags['span.kind']),
    status: String(tags['rpc.status_code']),
  }));
}
