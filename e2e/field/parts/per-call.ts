import { deepStrictEqual } from 'node:assert';
import { installNode } from '../../../tools/runtimes.js';
import type { Part, Stage } from '../part.js';
import { FieldProgram } from '../run-program.js';
import { assertCounts, childrenOf, ours } from '../spans.js';

const CALLERS = ['one', 'another'];

/** What a handler of each shape is to find its call's values at. */
const EVENTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Unary: { handler: 1, setImmediate: 1 },
  ClientStream: { handler: 1, setImmediate: 1, data: 2, end: 1 },
  ServerStream: { handler: 1, setImmediate: 1 },
  Bidi: { handler: 1, setImmediate: 1, data: 2, end: 1 },
};

/** By each caller, in both orders. */
const calls = 2 * CALLERS.length * Object.keys(EVENTS).length;

type Found = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>>;

/** @throws where the handler of a call has found another's values, or none */
function assertFound(found: Found): void {
  for (const byCall of Object.values(found)) {
    for (const [shape, events] of Object.entries(EVENTS)) {
      for (const call of CALLERS.map((caller) => `${caller} ${shape}`)) {
        const expected = Object.entries(events).map(([event, times]) => [event, Array<string>(times).fill(call)]);
        const actual = Object.keys(events).map((event) => [event, byCall[call]?.[event]]);
        deepStrictEqual(actual, expected, call);
      }
    }
  }
}

async function runOn(stage: Stage, program: FieldProgram, executable: string, node: string): Promise<void> {
  const { seen, spans } = await program.runBoth({ executable });
  // What the program prints.
  assertFound(seen as Found);
  const client = ours(spans, 'CLIENT');
  const counts = { client: client.length, linked: childrenOf(client, ours(spans, 'SERVER')).length };
  assertCounts(counts, { client: calls, linked: calls }, spans);
  const how = 'both interceptors, both orders';
  stage.row({ library: 'AsyncLocalStorage', versions: node, how, calls, ...counts, same: true });
}

/** What an interceptor of the application's enters for each call. */
export const perCall: Part = {
  name: 'per-call',
  async run(stage) {
    const program = await FieldProgram.install(stage, 'per-call', {});
    await runOn(stage, program, process.execPath, `Node ${process.versions.node.split('.')[0]}`);
    await runOn(stage, program, await installNode(24), 'Node 24');
  },
};
