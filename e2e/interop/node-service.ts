import * as grpc from '@grpc/grpc-js';
import { context, propagation, ROOT_CONTEXT, trace, TraceFlags, type TextMapPropagator } from '@opentelemetry/api';
import { AlwaysOnSampler, NodeTracerProvider, ParentBasedSampler } from '@opentelemetry/sdk-trace-node';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { InMemoryTelemetry } from 'grpc-js-opentelemetry/testing';
import { randomBytes } from 'node:crypto';
import { Echo } from '../../tools/echo.js';
import { invoke, type Shape } from '../../tools/invoke.js';
import type { CallResult } from './chain.js';
import { nodeHandlers } from './node-handlers.js';
import { spanLineOf, type SpanLine } from './span-line.js';
import { BAGGAGE_KEY, BAGGAGE_VALUE, route, visitsIn } from './visit.js';

export const NODE = 'node';

/** A result's code is a plain number. */
const OK: number = grpc.status.OK;

/** For a call that hangs, or a span that does not end; it takes milliseconds otherwise. */
const PATIENCE_MILLIS = 20_000;

export interface CallOptions {
  readonly sampled: boolean;
  /** The value of its entry of the baggage. */
  readonly baggage?: string;
}

/** This package on both sides: the service that the peers call, and the client that calls the peers. */
export class NodeService {
  readonly #telemetry = new InMemoryTelemetry(
    (recorder) =>
      new NodeTracerProvider({
        sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
        spanProcessors: [recorder],
      }),
  );
  readonly #server: grpc.Server;
  readonly #clientInterceptors: grpc.Interceptor[];
  #port = 0;

  private constructor(propagator?: TextMapPropagator) {
    const tracing = { tracerProvider: this.#telemetry.tracerProvider, ...(propagator && { propagator }) };
    this.#clientInterceptors = [tracingClientInterceptor(tracing)];
    this.#server = new grpc.Server({
      interceptors: [tracingServerInterceptor({ ...tracing, captureMetadata: { request: ['baggage'] } })],
    });
    this.#server.addService(
      Echo.service,
      nodeHandlers(NODE, (shape, address, text) => this.#invoke(shape, address, text)),
    );
  }

  static async start(propagator?: TextMapPropagator): Promise<NodeService> {
    const service = new NodeService(propagator);
    service.#port = await new Promise<number>((resolve, reject) => {
      service.#server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error) reject(error);
        else resolve(port);
      });
    });
    return service;
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Calls the first of these addresses, which calls the next, and so on, all in one shape and one trace. */
  async call(shape: Shape, addresses: readonly [string, ...string[]], options: CallOptions): Promise<CallResult> {
    const [first, ...others] = addresses;
    const { sampled, baggage = BAGGAGE_VALUE } = options;
    const caller = {
      traceId: randomBytes(16).toString('hex'),
      spanId: randomBytes(8).toString('hex'),
      traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    };
    const active = propagation.setBaggage(
      trace.setSpanContext(ROOT_CONTEXT, caller),
      propagation.createBaggage({ [BAGGAGE_KEY]: { value: baggage } }),
    );
    const answers = await context.with(active, () => this.#invoke(shape, first, route(others)));
    const { traceId, spanId: callerSpanId } = caller;
    return { shape, traceId, callerSpanId, sampled, baggage, answers: answers.map(visitsIn) };
  }

  /** The spans of both sides, once all have ended. */
  async spans(): Promise<SpanLine[]> {
    const spans = await this.#telemetry.allEnded({ timeoutMillis: PATIENCE_MILLIS });
    return spans.map((span) => spanLineOf(NODE, span));
  }

  /** The baggage of the sampled calls that it was sent, as it was written. */
  baggageHeaders(): ReadonlySet<unknown> {
    const headers = this.#telemetry.spans.map(({ attributes }) => attributes['rpc.request.header.baggage']);
    return new Set(headers.flat().filter((header) => header !== undefined));
  }

  async close(): Promise<void> {
    this.#server.forceShutdown();
    await this.#telemetry.shutdown();
  }

  async #invoke(shape: Shape, address: string, text: string): Promise<readonly string[]> {
    const client = new Echo(address, grpc.credentials.createInsecure(), { interceptors: this.#clientInterceptors });
    try {
      const callOptions = { deadline: Date.now() + PATIENCE_MILLIS };
      const { code, details, messages } = await invoke(client, shape, { text, callOptions }).result;
      if (code !== OK) throw new Error(`${shape} call to ${address}: ${grpc.status[code] ?? code} ${details}`);
      return messages;
    } finally {
      client.close();
    }
  }
}
