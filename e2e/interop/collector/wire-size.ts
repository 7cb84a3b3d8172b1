import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

/** The SDK's own default for a batch. */
const BATCH = 512;

/** Bytes a span in OTLP's protobuf, in full batches of one service each. */
export interface WireSize {
  readonly plain: number;
  readonly gzip: number;
}

/** Sends spans with the SDK's exporter, and weighs the requests that arrive. */
export async function wireSizeOf(spans: readonly ReadableSpan[]): Promise<WireSize> {
  const bodies: Buffer[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      bodies.push(body);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // The cast: address() of a server that listens on a port is never a string or null.
  const { port } = server.address() as AddressInfo;
  const exporter = new OTLPTraceExporter({ url: `http://127.0.0.1:${port}` });
  let sent = 0;
  try {
    for (const batch of batchesOf(spans)) {
      await exported(exporter, batch);
      sent += batch.length;
    }
  } finally {
    await exporter.shutdown();
    server.closeAllConnections();
    await once(server.close(), 'close');
  }
  const weigh = (bytesOf: (body: Buffer) => number) => bodies.reduce((sum, body) => sum + bytesOf(body), 0) / sent;
  return { plain: weigh((body) => body.length), gzip: weigh((body) => gzipSync(body).length) };
}

function batchesOf(spans: readonly ReadableSpan[]): ReadableSpan[][] {
  const byService = new Map<unknown, ReadableSpan[]>();
  for (const span of spans) {
    const service = span.resource.attributes['service.name'];
    byService.set(service, [...(byService.get(service) ?? []).slice(-BATCH + 1), span]);
  }
  return [...byService.values()].filter(({ length }) => length === BATCH);
}

function exported(exporter: OTLPTraceExporter, spans: ReadableSpan[]): Promise<void> {
  return new Promise((resolve, reject) => {
    exporter.export(spans, ({ code, error }) => {
      if (code === ExportResultCode.SUCCESS) resolve();
      else reject(error ?? new Error('refused without a reason'));
    });
  });
}
