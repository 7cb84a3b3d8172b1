import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type IdGenerator,
  type SpanExporter,
  type SpanProcessor,
  type TracerConfig,
} from '@opentelemetry/sdk-trace-node';
import type { ServerTracingOptions, TracingOptions } from '../../lib/index.js';
import { SHAPES, type Shape } from '../../tools/invoke.js';
import { useContextManager } from '../helpers/async-context.js';
import { DiagLog, Telemetry } from '../helpers/telemetry.js';
import type { Mode } from '../transparency/modes.js';
import type { Scenario } from '../transparency/scenario.js';
import { play } from '../transparency/stage.js';

useContextManager();
// What the SDK and this package say about the faults is not the subject.
beforeAll(() => void DiagLog.install());

/** How often something was broken: a fault that nobody meets proves nothing. */
let met = 0;
function meet<T>(value: T): T {
  met++;
  return value;
}

const fail = (): never => {
  throw meet(new Error('telemetry is broken'));
};
const NEVER = new Promise<never>(() => undefined);

/** What a function of plain JavaScript returns, whatever its type wants; hence the cast. */
function untyped(value: unknown): never {
  return value as never;
}
const hang = (): never => untyped(meet(NEVER));
const reject = (): never => untyped(meet(Promise.reject(new Error('telemetry is broken, later'))));

const failing = (_spans: unknown, done: (result: ExportResult) => void): void => {
  done(meet({ code: ExportResultCode.FAILED, error: new Error('not exported') }));
};

type Config = TracerConfig & { readonly idGenerator?: IdGenerator };

function provided(config: Config): () => TracingOptions {
  return () => ({ tracerProvider: new NodeTracerProvider(config) });
}

function processing(broken: Partial<SpanProcessor>): () => TracingOptions {
  const settled = (): Promise<void> => Promise.resolve();
  const working: SpanProcessor = {
    onStart: () => undefined,
    onEnd: () => undefined,
    forceFlush: settled,
    shutdown: settled,
  };
  return provided({ spanProcessors: [{ ...working, ...broken }] });
}

function exporting(doExport: SpanExporter['export']): SpanExporter {
  return { export: doExport, shutdown: () => Promise.resolve(), forceFlush: () => Promise.resolve() };
}

const simple = (doExport: SpanExporter['export']): (() => TracingOptions) =>
  provided({ spanProcessors: [new SimpleSpanProcessor(exporting(doExport))] });

/** Exports while the calls run. */
const batch = (doExport: SpanExporter['export']): (() => TracingOptions) =>
  provided({
    spanProcessors: [
      new BatchSpanProcessor(exporting(doExport), {
        maxExportBatchSize: 1,
        scheduledDelayMillis: 1,
        exportTimeoutMillis: 20,
      }),
    ],
  });

const ids = (generate: () => string): (() => TracingOptions) =>
  provided({ idGenerator: { generateTraceId: generate, generateSpanId: generate } });

const sampling = (decide: () => never): (() => TracingOptions) =>
  provided({ sampler: { shouldSample: decide, toString: () => 'a broken sampler' } });

const measuring = (process: () => never): (() => TracingOptions) => {
  return () => ({
    meterProvider: new MeterProvider({ views: [{ instrumentName: '*', attributesProcessors: [{ process }] }] }),
  });
};

/** For both sides. */
const FAULTS: readonly (readonly [what: string, options: () => TracingOptions])[] = [
  ['a simple exporter throws', simple(fail)],
  ['a simple exporter hangs', simple(() => void meet('an export'))],
  ['a simple exporter fails', simple(failing)],
  ['a batch exporter throws', batch(fail)],
  ['a batch exporter hangs', batch(() => void meet('an export'))],
  ['a processor throws in onStart', processing({ onStart: fail })],
  ['a processor throws in onEnding', processing({ onEnding: fail })],
  ['a processor throws in onEnd', processing({ onEnd: fail })],
  ['a processor hangs', processing({ onStart: hang, onEnding: hang, onEnd: hang, forceFlush: hang, shutdown: hang })],
  ['a sampler throws', sampling(fail)],
  ['a sampler hangs', sampling(hang)],
  ['an ID generator throws', ids(fail)],
  ['an ID generator makes empty ids', ids(() => meet(''))],
  ['an ID generator makes ids that are none', ids(() => meet('no id\n'))],
  ['an ID generator hangs', ids(hang)],
  ['a propagator hangs', () => ({ propagator: { inject: hang, extract: hang, fields: () => [] } })],
  ['a view of the metrics throws', measuring(fail)],
  ['a view of the metrics hangs', measuring(hang)],
  ...[fail, hang, reject].flatMap((broken, index) => {
    const does = ['throws', 'hangs', 'rejects'][index] ?? '';
    return [
      [`the startHook ${does}`, () => ({ startHook: broken })],
      [`the endHook ${does}`, () => ({ endHook: broken })],
      [`the filter ${does}`, () => ({ filter: broken })],
      [`the attributes function ${does}`, () => ({ attributes: broken })],
      [`isError ${does}`, () => ({ isError: broken })],
    ] as const;
  }),
  ['the attributes function gives nothing', () => ({ attributes: () => untyped(meet<unknown>(undefined)) })],
  ['the attributes function gives no attributes', () => ({ attributes: () => untyped(meet('attributes')) })],
];

const SERVER_FAULTS: readonly (readonly [what: string, options: () => ServerTracingOptions])[] = [
  ['trustIncoming throws', () => ({ trustIncoming: fail })],
  ['trustIncoming hangs', () => ({ trustIncoming: hang })],
  ['trustIncoming rejects', () => ({ trustIncoming: reject })],
];

function modeOf(name: string, client: () => TracingOptions, server: () => ServerTracingOptions): Mode {
  const traced = (options: ServerTracingOptions): ServerTracingOptions => ({ messageEvents: true, ...options });
  return {
    name,
    telemetry: () => new Telemetry(),
    client: () => traced(client()),
    server: () => traced(server()),
    leavesSpans: true,
  };
}

const MODES: readonly Mode[] = [
  ...FAULTS.map(([what, options]) => modeOf(what, options, options)),
  ...SERVER_FAULTS.map(([what, options]) => modeOf(what, () => ({}), options)),
];

function scenarios(shape: Shape): readonly Scenario[] {
  return [
    { name: 'the handler answers', shape },
    { name: 'the handler fails', shape, serving: { ending: { error: { code: 13, details: 'as the handler said' } } } },
    {
      name: 'the client cancels',
      shape,
      serving: { ending: 'hang' },
      calling: { open: true },
      when: { handler: ({ call }) => call.cancel() },
    },
  ];
}

describe.each(SHAPES)('the application does not notice in a %s call that', (shape) => {
  it.each(MODES)('$name', async (mode) => {
    const before = met;
    for (const scenario of scenarios(shape)) {
      const untraced = await play(scenario);
      const traced = await play(scenario, mode);
      expect(traced.record).toEqual(untraced.record);
    }
    expect(met).toBeGreaterThan(before);
  });

  it.each<[string, (shutDown: () => void) => Pick<Scenario, 'when'>]>([
    ['before the server has it', (shutDown) => ({ when: { called: shutDown } })],
    ['when the handler runs', (shutDown) => ({ when: { handler: shutDown } })],
    ['when the headers are there', (shutDown) => ({ when: { headers: shutDown } })],
    ['when it is over', (shutDown) => ({ when: { over: shutDown } })],
  ])('the providers are shut down %s', async (_moment, when) => {
    for (const scenario of scenarios(shape).slice(0, 2)) {
      const untraced = await play(scenario);
      const tracerProvider = new NodeTracerProvider();
      const meterProvider = new MeterProvider();
      const options = (): TracingOptions => ({ tracerProvider, meterProvider });
      const shutdowns: Promise<void>[] = [];
      const shutDown = (): void => void shutdowns.push(tracerProvider.shutdown(), meterProvider.shutdown());
      const traced = await play({ ...scenario, ...when(shutDown) }, modeOf('shut down', options, options));
      expect(traced.record).toEqual(untraced.record);
      await Promise.all(shutdowns);
    }
  });
});
