import { join } from 'node:path';
import type { SpanLine } from '../exchange.js';
import type { Part } from '../part.js';
import { FieldProgram, type RunOptions } from '../run-program.js';
import { assertCounts, childrenOf, countLinked, ours } from '../spans.js';

/** Two requests; the handler of each calls four shapes and one that is refused. */
const calls = 10;

const FRAMEWORKS = [
  { name: 'Fastify', package: 'fastify' },
  { name: 'Express', package: 'express' },
] as const;

/** How the request's context gets to the handler. */
interface Way {
  readonly name: string;
  readonly options: (program: FieldProgram) => RunOptions;
  /** Those below which the CLIENT spans are; none = they are roots. */
  readonly parents?: (spans: readonly SpanLine[]) => readonly SpanLine[];
}

const WAYS: readonly Way[] = [
  {
    name: 'instrumentation-http',
    options: ({ directory }) => ({ args: ['--require', join(directory, 'instrumented.js')] }),
    parents: (spans) => spans.filter(({ scope, kind }) => scope.endsWith('instrumentation-http') && kind === 'SERVER'),
  },
  {
    name: 'extracted',
    options: () => ({ env: { EXTRACTS: 'yes' } }),
    parents: (spans) => spans.filter(({ name }) => name === 'caller'),
  },
  { name: 'HTTP not traced', options: () => ({}) },
];

export const web: Part = {
  name: 'web',
  async run(stage) {
    const program = await FieldProgram.install(stage, 'web', {
      '@opentelemetry/instrumentation': '0.223.0',
      '@opentelemetry/instrumentation-http': '0.223.0',
      '@types/express': '5.0.6',
      express: '5.3.0',
      fastify: '5.12.8',
    });
    for (const framework of FRAMEWORKS) {
      const versions = await program.versionOf(framework.package);
      for (const { name, options, parents } of WAYS) {
        const { env, ...rest } = options(program);
        const { spans } = await program.runBoth({ ...rest, env: { ...env, FRAMEWORK: framework.package } });
        const counts = countLinked(spans);
        assertCounts(counts, { client: calls, linked: calls }, spans);
        assertPlaces(spans, parents?.(spans));
        const library = `${framework.name}, ${name}`;
        stage.row({ library, versions, how: 'both interceptors', calls, ...counts, same: true });
      }
    }
  },
};

/** @throws AssertionError unless half of the spans are below each of two parents, or all of them roots without any */
function assertPlaces(spans: readonly SpanLine[], parents: readonly SpanLine[] | undefined): void {
  const client = ours(spans, 'CLIENT');
  const roots = client.filter(({ parentSpanId }) => parentSpanId === undefined).length;
  const [first = 0, second = 0] = (parents ?? []).map((parent) => childrenOf([parent], client).length);
  const expected = parents ? { roots: 0, first: calls / 2, second: calls / 2 } : { roots: calls, first: 0, second: 0 };
  assertCounts({ roots, first, second }, expected, spans);
}
