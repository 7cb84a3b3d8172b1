import * as grpc from '@grpc/grpc-js';
import { InMemoryTelemetry } from 'grpc-js-opentelemetry/testing';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { tracingServerInterceptor } from '../../lib/index.js';
import { Echo } from '../../tools/echo.js';
import { CALL_ID, type BusyReport } from './busy-report.js';

const [busyMs = 0, everyMs = 0] = process.argv.slice(2).map(Number);

// A process of its own: nothing but its own handlers answers late, and nobody else's loop is blocked.
const telemetry = new InMemoryTelemetry((recorder) => new NodeTracerProvider({ spanProcessors: [recorder] }));
const server = new grpc.Server({
  interceptors: [
    tracingServerInterceptor({
      tracerProvider: telemetry.tracerProvider,
      captureMetadata: { request: [CALL_ID] },
    }),
  ],
});
// Only the client, or its deadline, ends a call.
server.addService(Echo.service, { Unary: () => undefined });
const loop = monitorEventLoopDelay({ resolution: 10 });

function block(): void {
  const end = performance.now() + busyMs;
  while (performance.now() < end);
}

async function tell(): Promise<void> {
  await telemetry.allEnded({ timeoutMillis: 60_000 });
  const codes = telemetry.spans.map(({ attributes }) => [
    String(attributes[`rpc.request.header.${CALL_ID}`]),
    String(attributes['rpc.status_code']),
  ]);
  // The cast: entries of texts.
  const report: BusyReport = {
    longestDelayMs: loop.max / 1e6,
    codes: Object.fromEntries(codes) as Record<string, string>,
  };
  console.log(JSON.stringify(report));
  process.exit();
}

server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (_error, port) => {
  loop.enable();
  if (busyMs > 0) setInterval(block, everyMs);
  process.stdin.resume().on('end', () => void tell());
  console.log(`port ${port}`);
});
