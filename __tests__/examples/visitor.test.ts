import * as grpc from '@grpc/grpc-js';
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { FrontendHandlers } from '../../protos/types/demo/Frontend.js';
import { Frontend } from '../../examples/demo/protos.js';
import { SpanRecorder } from '../../examples/demo/span-recorder.js';
import { startTelemetry } from '../../examples/demo/telemetry.js';
import { visit, WARM_UPS } from '../../examples/demo/visitor.js';
import { whileServing } from '../../examples/local-server.js';

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});

afterAll(() => {
  context.disable();
});

async function visited(answer: FrontendHandlers['Welcome'], interrupted = new AbortController().signal) {
  const server = new grpc.Server();
  server.addService(Frontend.service, { Welcome: answer });
  const roots: string[] = [];
  const recorder = new SpanRecorder((traceId) => roots.push(traceId));
  const telemetry = startTelemetry('visitor', recorder, []);
  let failure: string | undefined;
  await whileServing(server, async (address) => {
    failure = await visit(address, telemetry, interrupted);
  });
  await telemetry.shutdown();
  return { failure, roots, spans: recorder.spans.length };
}

test('calls go before the visit, and of them all the visit alone is recorded', async () => {
  const parents: unknown[] = [];
  const end = await visited(({ metadata }, callback) => {
    parents.push(...metadata.get('traceparent'));
    callback(null, { lines: [] });
  });

  expect(end).toEqual({ failure: undefined, roots: [expect.any(String)], spans: 1 });
  expect(parents).toEqual([
    ...Array.from({ length: WARM_UPS }, () => expect.stringMatching(/^00-1{32}-[0-9a-f]{16}-00$/) as unknown),
    expect.stringMatching(new RegExp(`^00-${String(end.roots[0])}-[0-9a-f]{16}-01$`)),
  ]);
});

test('a visit that is interrupted before it begins is recorded as cancelled', async () => {
  const end = await visited(() => undefined, AbortSignal.abort());

  expect(end).toEqual({ failure: expect.stringContaining('CANCELLED') as unknown, roots: end.roots, spans: 1 });
});
