import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as interceptors from 'grpc-js-opentelemetry';
import * as kit from 'grpc-js-opentelemetry/testing';
import { ROOT } from '../../tools/places.js';
import { docExamples } from '../helpers/doc-examples.js';
import { SnippetFiles } from '../helpers/snippets.js';
import { typeErrors } from '../helpers/type-errors.js';

const ENTRIES = [
  { entry: 'lib/index.ts', specifier: 'grpc-js-opentelemetry', exported: Object.keys(interceptors) },
  { entry: 'lib/testing/index.ts', specifier: 'grpc-js-opentelemetry/testing', exported: Object.keys(kit) },
];

/** What the examples name without saying where it is from: the entries' exports, and these. */
const NAMES = `
import { strict as assert } from 'node:assert';
import * as grpc from '@grpc/grpc-js';
import { context, propagation, ROOT_CONTEXT, type TracerProvider } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { createChannel, createClient, type CompatServiceDefinition } from 'nice-grpc';
${ENTRIES.map(({ specifier, exported }) => `import { ${exported.join(', ')} } from '${specifier}';`).join('\n')}
import type { InMemoryTelemetry as Telemetry, RecordedSpan, TracingMatchers } from 'grpc-js-opentelemetry/testing';
declare global {
  namespace jest {
    interface Matchers<R> extends TracingMatchers<R> {}
  }
}
declare const tracerProvider: TracerProvider;
declare const Greeter: grpc.ServiceClientConstructor;
declare const GreeterDefinition: CompatServiceDefinition;
declare const PubSub: new (options: { projectId: string; 'grpc.callInvocationTransformer'?: unknown }) => object;
declare const projectId: string;
interface Request { name: string }
declare const client: {
  sayHello(request: Request, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<object>): void;
};
declare const request: Request;
declare const metadata: grpc.Metadata;
declare const deadline: Date;
declare const retrying: grpc.Interceptor;
declare const callback: grpc.requestCallback<object>;
declare const telemetry: Telemetry;
declare const spans: readonly RecordedSpan[];
declare const [clientSpan, serverSpan, workSpan]: readonly [RecordedSpan, RecordedSpan, RecordedSpan];
`;

const examples = ENTRIES.map(({ entry }) => docExamples(entry));
const codes = examples.flatMap((of) => [...of.values()].flat());

it.each(ENTRIES.map(({ specifier, exported }, index) => [specifier, exported, examples[index]] as const))(
  'everything that people call has an example: %s',
  (_specifier, exported, found) => {
    const withOne = [...(found ?? [])].filter(([, codes]) => codes.length > 0).map(([name]) => name);
    expect(withOne.toSorted()).toEqual(exported.toSorted());
  },
);

it('no example in lib/ is left out', () => {
  const sources = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const text = sources.map((path) => readFileSync(join(ROOT, 'lib', path), 'utf8')).join('\n');
  expect(text.match(/^ *\* @example$/gm)).toHaveLength(codes.length);
});

it('the examples compile, strictly, as a consumer would compile them', async () => {
  // In a function, their own names may be those that another example takes as given.
  const snippets = await SnippetFiles.write(codes.map((code) => `${NAMES}\nvoid (async () => {\n${code}\n});\n`));
  const errors = typeErrors(snippets.files, ['node', 'jest']);
  await snippets.remove();
  expect(errors).toEqual([]);
});

it('the front page leads to everything that people call, once', () => {
  const page = readFileSync(join(ROOT, 'scripts/reference.md'), 'utf8');
  const links = [...page.matchAll(/\{@link (\w+)\}/g)].map(([, name = '']) => name);
  expect(links.slice(0, 4)).toEqual([
    'tracingServerInterceptor',
    'tracingClientInterceptor',
    'ServerTracingOptions',
    'ClientTracingOptions',
  ]);
  const options = ['ServerTracingOptions', 'ClientTracingOptions'];
  expect(links.toSorted()).toEqual([...options, ...ENTRIES.flatMap(({ exported }) => exported)].toSorted());
});
