import { ROOT_CONTEXT, type Histogram, type Meter } from '@opentelemetry/api';
import type { EventEmitter } from 'node:events';
import type { EchoClient } from '../../protos/types/test/Echo';
import { bareStub, type Stub } from './stub.js';

/** As the conventions have them. */
const ADVICE = {
  explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
};

/**
 * A duration for each side of a call, with the attributes that the interceptors give it, in an object that is made once.
 * What this adds is the SDK's own, and no way of measuring with that SDK can add less.
 */
export function recordsAloneStub(client: EchoClient, meter: Meter): Stub {
  const duration = (name: string): Histogram => meter.createHistogram(name, { unit: 's', advice: ADVICE });
  const clientDuration = duration('rpc.client.call.duration');
  const serverDuration = duration('rpc.server.call.duration');
  const [address = '', port] = client.getChannel().getTarget().replace('dns:', '').split(':');
  /** @returns records both. */
  const recording = (method: string): (() => () => void) => {
    const attributes = { 'rpc.system.name': 'grpc', 'rpc.method': method, 'rpc.status_code': 'OK' };
    const clientAttributes = { ...attributes, 'server.address': address, 'server.port': Number(port) };
    return () => {
      const startedAt = performance.now();
      return () => {
        const seconds = (performance.now() - startedAt) / 1000;
        serverDuration.record(seconds, attributes, ROOT_CONTEXT);
        clientDuration.record(seconds, clientAttributes, ROOT_CONTEXT);
      };
    };
  };
  const unary = recording('test.Echo/Unary');
  const serverStream = recording('test.Echo/ServerStream');
  const bidi = recording('test.Echo/Bidi');
  const ending = <Call extends EventEmitter>(end: () => void, call: Call): Call => call.on('status', end);
  const bare = bareStub(client);
  return {
    unary(message, callback) {
      const end = unary();
      bare.unary(message, (error, reply) => {
        end();
        callback(error, reply);
      });
    },
    serverStream: (message) => ending(serverStream(), bare.serverStream(message)),
    bidi: () => ending(bidi(), bare.bidi()),
  };
}
