import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { ProtoGrpcType } from '../../protos/types/otlp.js';
import type { Span__Output } from '../../protos/types/otlp/Span.js';
import { httpEndpoint, type Endpoint } from '../http-endpoint.js';

// The cast: proto-loader reads the file at run time, and the generated type says what is in it.
const { otlp } = grpc.loadPackageDefinition(
  loadSync(join(__dirname, '../../protos/otlp.proto'), { defaults: true }),
) as unknown as ProtoGrpcType;

/** What gRPC would call, here over HTTP: the messages are the same. */
const { Export } = otlp.TraceService.service;

export interface TraceRequest {
  /** Method, path and content type. */
  readonly head: string;
  readonly spans: readonly Span__Output[];
}

/** Takes traces over HTTP as a collector does. It stands in for one here, and keeps nothing. */
export async function otlpEndpoint(onRequest: (request: TraceRequest) => void): Promise<Endpoint> {
  return httpEndpoint((request, response) => {
    void bodyOf(request).then((body) => {
      const { resourceSpans } = Export.requestDeserialize(body);
      const { method = '', url = '', headers } = request;
      onRequest({
        head: `${method} ${url}, ${headers['content-type'] ?? ''}`,
        spans: resourceSpans.flatMap(({ scopeSpans }) => scopeSpans).flatMap(({ spans }) => spans),
      });
      response.setHeader('content-type', 'application/x-protobuf').end(Export.responseSerialize({}));
    });
  });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  // The cast: a request without an encoding gives bytes.
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
