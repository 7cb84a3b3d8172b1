import { freeAddresses } from '../../../tools/free-addresses.js';
import type { PartStage } from '../../../tools/run-on-stage.js';
import { Server } from '../../../tools/server-program.js';
import { jaegerBinary } from './binary.js';
import { JaegerQuery } from './query.js';

/** A Jaeger of our own on free ports of the loopback, which keeps its traces in memory. */
export interface Jaeger {
  /** Takes Thrift over HTTP. */
  readonly thriftUrl: string;
  /** Takes OTLP over HTTP; without the signal's path. */
  readonly otlpUrl: string;
  /** Takes OTLP over gRPC. */
  readonly otlpAddress: string;
  readonly query: JaegerQuery;
}

/** Resolves when it takes spans and answers queries. It ends with the part. */
export async function startJaeger(stage: PartStage): Promise<Jaeger> {
  const binary = await jaegerBinary(stage);
  const at = await freeAddresses('thrift', 'collector', 'otlpHttp', 'otlpGrpc', 'query', 'queryGrpc', 'admin');
  await Server.start(stage, {
    name: 'Jaeger',
    binary,
    args: [
      `--collector.http-server.host-port=${at.thrift}`,
      `--collector.grpc-server.host-port=${at.collector}`,
      '--collector.otlp.enabled=true',
      `--collector.otlp.http.host-port=${at.otlpHttp}`,
      `--collector.otlp.grpc.host-port=${at.otlpGrpc}`,
      `--query.http-server.host-port=${at.query}`,
      `--query.grpc-server.host-port=${at.queryGrpc}`,
      `--admin.http.host-port=${at.admin}`,
      '--log-level=warn',
    ],
    // It traces its own API, too, and would wait at its end for a collector at the usual port.
    env: { SPAN_STORAGE_TYPE: 'memory', OTEL_TRACES_SAMPLER: 'always_off' },
    healthUrl: `http://${at.admin}/`,
  });
  return {
    thriftUrl: `http://${at.thrift}/api/traces`,
    otlpUrl: `http://${at.otlpHttp}`,
    otlpAddress: at.otlpGrpc,
    query: new JaegerQuery(`http://${at.query}`),
  };
}
