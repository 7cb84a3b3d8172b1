import { SpanKind, SpanStatusCode, type AttributeValue } from '@opentelemetry/api';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { SpanLine } from './exchange.js';
import type { Stage } from './part.js';

/** The variables with which an SDK exports to a collector, in the form that it reads. */
export interface OtlpCollector {
  readonly env: Readonly<Record<string, string>>;
  /** The spans that have come since it was last asked, in the order of their ends. */
  takeSpans(): readonly SpanLine[];
}

/** As OTLP says it in JSON; what is left out is not read. */
interface Request {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly scope?: { readonly name: string }; readonly spans: readonly OtlpSpan[] }[];
  }[];
}

interface OtlpSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status?: { readonly code?: number };
  readonly attributes?: readonly { readonly key: string; readonly value: Readonly<Record<string, AttributeValue>> }[];
}

/** Takes what an SDK exports by itself, over HTTP. */
export async function startOtlpCollector(stage: Stage): Promise<OtlpCollector> {
  let spans: SpanLine[] = [];
  const server = createServer((request, response) => {
    void json(request).then(
      (body) => {
        // What an SDK exports has this form.
        spans.push(...spanLinesOf(body as Request));
        response.setHeader('content-type', 'application/json').end('{}');
      },
      () => response.writeHead(400).end(),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  stage.onEnd(async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  });
  // The cast: address() of a server that listens on a port is never a string or null.
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
    },
    takeSpans() {
      const taken = spans;
      spans = [];
      return taken;
    },
  };
}

function spanLinesOf({ resourceSpans }: Request): SpanLine[] {
  return resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ scope, spans }) => spans.map((span) => spanLineOf(scope?.name ?? '', span)));
}

function spanLineOf(scope: string, { name, kind, traceId, spanId, parentSpanId, ...rest }: OtlpSpan): SpanLine {
  const { status, attributes = [] } = rest;
  return {
    scope,
    name,
    // OTLP counts kinds from 1.
    kind: String(SpanKind[kind - 1]),
    traceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    status: String(SpanStatusCode[status?.code ?? 0]),
    attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
  };
}
