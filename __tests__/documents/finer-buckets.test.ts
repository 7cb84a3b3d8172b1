import * as sdk from '@opentelemetry/sdk-metrics';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { invoke } from '../../tools/invoke.js';
import { ROOT } from '../../tools/places.js';
import { useEcho } from '../helpers/echo.js';
import { HandReader } from '../helpers/hand-reader.js';
import { snippetsOf } from '../helpers/readme.js';
import { callsOver, SIDES, tracingOn } from '../helpers/sides.js';

const echo = useEcho();

const [, section = ''] = readFileSync(join(ROOT, 'docs/attributes.md'), 'utf8').split('\n### Finer buckets\n');
const [PROGRAM = ''] = snippetsOf(section, 'ts');

/** The numbers that the page shows. */
const BOUNDARIES = JSON.parse(/boundaries = (\[.*?\]);/s.exec(PROGRAM)?.[1] ?? '[]') as number[];

/** Runs the program of the page, to the letter; its provider gets a reader, which a page does not need to show. */
function providerOfThePage(reader: sdk.MetricReader): sdk.MeterProvider {
  const made: sdk.MeterProvider[] = [];
  class MeterProvider extends sdk.MeterProvider {
    constructor(options?: sdk.MeterProviderOptions) {
      super({ ...options, readers: [reader] });
      made.push(this);
    }
  }
  const { outputText } = ts.transpileModule(PROGRAM, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const modules: Readonly<Record<string, object>> = { '@opentelemetry/sdk-metrics': { ...sdk, MeterProvider } };
  runInNewContext(outputText, { require: (name: string) => modules[name], exports: {} });
  const [provider, ...others] = made;
  if (provider === undefined || others.length > 0) throw new Error(`the page makes ${made.length} providers`);
  return provider;
}

/** The conventions' own, in seconds, and the SDK's, in milliseconds. */
const OLD_BOUNDARIES = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

it.each(SIDES)('the view of the page has its buckets for the durations of the %s, in seconds alone', async (side) => {
  expect(BOUNDARIES[0]).toBeLessThan(0.005);
  const reader = new HandReader();
  const meterProvider = providerOfThePage(reader);
  const rig = await echo.start(tracingOn(side, { meterProvider, semanticConventions: 'dup' }));
  await invoke(rig.client, 'Unary').result;
  await callsOver(rig);
  const { resourceMetrics } = await reader.collect();
  const boundaries = resourceMetrics.scopeMetrics
    .flatMap(({ metrics }) => metrics)
    .map(({ descriptor, dataPoints }) => [
      descriptor.name,
      dataPoints.map(({ value }) => typeof value === 'object' && 'buckets' in value && value.buckets),
    ]);
  expect(boundaries).toMatchObject([
    [`rpc.${side}.call.duration`, [{ boundaries: BOUNDARIES }]],
    [`rpc.${side}.duration`, [{ boundaries: OLD_BOUNDARIES }]],
  ]);
});
