import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { httpEndpoint } from '../../../__tests__/helpers/endpoints.js';

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
  const endpoint = await httpEndpoint((request, response) => {
    void buffer(request).then((body) => {
      bodies.push(body);
      response.end();
    });
  });
  const exporter = new OTLPTraceExporter({ url: endpoint.url });
  let sent = 0;
  try {
    for (const batch of batchesOf(spans)) {
      await exported(exporter, batch);
      sent += batch.length;
    }
  } finally {
    await exporter.shutdown();
    await endpoint.close();
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
