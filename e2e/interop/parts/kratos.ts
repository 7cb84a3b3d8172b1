import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { ServiceNamePropagator } from 'grpc-js-opentelemetry';
import { NODE } from '../node-service.js';
import { peerPart } from '../peer-part.js';
import { buildGo } from './build-go.js';

const name = 'kratos';

const propagator = new CompositePropagator({
  propagators: [
    new ServiceNamePropagator({ serviceName: NODE }),
    new W3CTraceContextPropagator(),
    new W3CBaggagePropagator(),
  ],
});

/** Kratos' middleware traces the messages of streams, not the calls: unary is what there is to link. */
export const kratos = peerPart({
  name,
  needs: ['Go'],
  carriages: [{ propagation: 'W3C, baggage, x-md-service-name', args: [], propagator, tellsNames: true }],
  shapes: ['Unary'],
  build: (stage) => buildGo(stage, name),
});
