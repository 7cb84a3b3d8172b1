import { Metadata } from '@grpc/grpc-js';
import {
  propagation,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type Attributes,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { addPeer, addServer, STABLE } from '../../lib/conventions/attributes.js';
import { metadataGetter, metadataSetter } from '../../lib/propagation/metadata-carrier.js';
import { w3cBaggagePropagator } from '../../lib/propagation/w3c-baggage.js';
import { w3cTraceContextPropagator } from '../../lib/propagation/w3c-trace-context.js';
import { createRpcInfo } from '../../lib/rpc/rpc-info.js';
import { parsePeer, parseTarget } from '../../lib/rpc/target.js';

/** One piece of work, as this package does it or another. What it returns is kept, so that it is really done. */
export interface Subject {
  readonly unit: string;
  readonly by: 'ours' | 'core' | 'grpc-js';
  readonly once: () => unknown;
}

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const BAGGAGE = 'userId=alice,serverNode=DF%2028,isProduction=false;secret';

const metadata = new Metadata();
metadata.set('traceparent', TRACEPARENT);
metadata.set('baggage', BAGGAGE);
metadata.set('authorization', 'none');

const sent = trace.setSpanContext(
  propagation.setBaggage(
    ROOT_CONTEXT,
    propagation.createBaggage({ userId: { value: 'alice' }, node: { value: 'DF 28' } }),
  ),
  {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags: TraceFlags.SAMPLED,
  },
);

const CARRIER: Subject[] = [
  { unit: 'carrier: get', by: 'ours', once: () => metadataGetter.get(metadata, 'traceparent') },
  { unit: 'carrier: get', by: 'grpc-js', once: () => metadata.get('traceparent') },
  { unit: 'carrier: get a missing key', by: 'ours', once: () => metadataGetter.get(metadata, 'tracestate') },
  { unit: 'carrier: get a missing key', by: 'grpc-js', once: () => metadata.get('tracestate') },
  { unit: 'carrier: set', by: 'ours', once: () => metadataSetter.set(metadata, 'traceparent', TRACEPARENT) },
  { unit: 'carrier: set', by: 'grpc-js', once: () => metadata.set('traceparent', TRACEPARENT) },
];

function propagatorSubjects(name: string, ours: TextMapPropagator, core: TextMapPropagator): Subject[] {
  const parse = (propagator: TextMapPropagator) => () => propagator.extract(ROOT_CONTEXT, metadata, metadataGetter);
  const format = (propagator: TextMapPropagator) => () => propagator.inject(sent, metadata, metadataSetter);
  return [
    { unit: `${name}: parse`, by: 'ours', once: parse(ours) },
    { unit: `${name}: parse`, by: 'core', once: parse(core) },
    { unit: `${name}: format`, by: 'ours', once: format(ours) },
    { unit: `${name}: format`, by: 'core', once: format(core) },
  ];
}

const rpc = createRpcInfo('server', { path: '/test.Echo/Unary', requestStream: false, responseStream: false });
const SERVER = { address: 'echo.example', port: 50051 };
const PEER = { address: '127.0.0.1', port: 40000 };

function attributes(): Attributes {
  const built: Attributes = {};
  STABLE.addMethod(built, rpc);
  addServer(built, SERVER);
  addPeer(built, PEER);
  STABLE.addOutcome(built, 0, false);
  return built;
}

export const SUBJECTS: readonly Subject[] = [
  ...CARRIER,
  ...propagatorSubjects('W3C trace context', w3cTraceContextPropagator, new W3CTraceContextPropagator()),
  ...propagatorSubjects('W3C baggage', w3cBaggagePropagator, new W3CBaggagePropagator()),
  { unit: 'target: parse', by: 'ours', once: () => parseTarget('dns:echo.example:50051') },
  { unit: 'peer: parse', by: 'ours', once: () => parsePeer('127.0.0.1:40000') },
  { unit: 'attributes of a call', by: 'ours', once: attributes },
];
