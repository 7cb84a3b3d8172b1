import { createTraceState, propagation, ROOT_CONTEXT, trace, type TextMapPropagator } from '@opentelemetry/api';
import { Metadata } from '@grpc/grpc-js';
import * as core from '@opentelemetry/core';
import * as own from 'grpc-js-opentelemetry';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import ts from 'typescript';
import { OPTION_RULES } from '../../lib/options/rules.js';
import { ROOT } from '../../tools/places.js';
import { codes, snippetsOf, tableRows } from '../helpers/readme.js';

const PAGE = readFileSync(join(ROOT, 'docs/options.md'), 'utf8');

it('the table has every option, and no other', () => {
  const rows = tableRows('Options', PAGE).map(([name]) => codes(name)[0]);
  expect(rows.toSorted()).toEqual(Object.keys(OPTION_RULES).toSorted());
});

describe('the propagator of the page', () => {
  const { GrpcTraceBinPropagator, metadataGetter, metadataSetter } = own;
  const caller = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags: 1,
    traceState: createTraceState('vendor=1'),
  };
  const sent = propagation.setBaggage(
    trace.setSpanContext(ROOT_CONTEXT, caller),
    propagation.createBaggage({ tenant: { value: 'acme' } }),
  );

  /** To the letter. */
  function propagatorOfThePage(): TextMapPropagator {
    const [program = ''] = snippetsOf(PAGE, 'ts').filter((code) => code.includes('new CompositePropagator('));
    const { outputText } = ts.transpileModule(program, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
    const modules: Readonly<Record<string, object>> = { '@opentelemetry/core': core, 'grpc-js-opentelemetry': own };
    const exports: { propagator?: TextMapPropagator } = {};
    runInNewContext(`${outputText}\nexports.propagator = propagator;`, {
      require: (name: string) => modules[name],
      exports,
    });
    if (exports.propagator === undefined) throw new Error('the page makes no propagator');
    return exports.propagator;
  }

  it('writes every header and keeps trace state, baggage and the caller’s name', () => {
    const metadata = new Metadata();
    propagatorOfThePage().inject(sent, metadata, metadataSetter);
    expect(Object.keys(metadata.getMap()).toSorted()).toEqual([
      'baggage',
      'grpc-trace-bin',
      'traceparent',
      'tracestate',
      'x-md-service-name',
    ]);

    const received = propagatorOfThePage().extract(ROOT_CONTEXT, metadata, metadataGetter);
    expect(trace.getSpanContext(received)).toMatchObject({ traceId: caller.traceId, spanId: caller.spanId });
    expect(trace.getSpanContext(received)?.traceState?.serialize()).toBe('vendor=1');
    expect(propagation.getBaggage(received)?.getEntry('tenant')?.value).toBe('acme');
  });

  it('reads the binary header where it is the only one', () => {
    const metadata = new Metadata();
    new GrpcTraceBinPropagator().inject(sent, metadata, metadataSetter);
    const received = propagatorOfThePage().extract(ROOT_CONTEXT, metadata, metadataGetter);
    expect(trace.getSpanContext(received)?.spanId).toBe(caller.spanId);
  });
});
