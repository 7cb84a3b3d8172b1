import { CompositePropagator, W3CBaggagePropagator } from '@opentelemetry/core';
import { GrpcTraceBinPropagator } from 'grpc-js-opentelemetry';
import { peerPart } from '../peer-part.js';
import { buildGo } from './build-go.js';

const name = 'a72';

const traceBin = new CompositePropagator({ propagators: [new GrpcTraceBinPropagator(), new W3CBaggagePropagator()] });

/** gRPC's own plugin for Go, which has a span for every attempt below the call's. */
export const a72 = peerPart({
  name,
  needs: ['Go'],
  carriages: [
    { propagation: 'W3C, baggage', args: ['w3c'] },
    { propagation: 'grpc-trace-bin, baggage', args: ['grpc-trace-bin'], propagator: traceBin },
  ],
  outgoing: ['CLIENT', 'INTERNAL'],
  build: (stage) => buildGo(stage, name),
});
