import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { httpEndpoint, type Endpoint } from './endpoints.js';
import { decodeBatch, type JaegerSpan } from './jaeger-thrift.js';

/** The media types that Jaeger's own collector takes. */
const THRIFT = ['application/x-thrift', 'application/vnd.apache.thrift.binary'];
const PATH = '/api/traces';

export interface ReceivedSpan extends JaegerSpan {
  /** Of the process that sent it. */
  readonly service: string;
}

/** What Jaeger's collector is to a client: an HTTP endpoint that takes batches of spans in Thrift. */
export class JaegerCollector {
  readonly spans: ReceivedSpan[] = [];
  /** Resolves when the whole of a first batch has arrived. */
  readonly firstBatch: Promise<void>;
  #arrived: () => void = () => undefined;
  #endpoint: Endpoint | undefined;
  #mayAnswer: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;

  private constructor() {
    this.firstBatch = new Promise((resolve) => {
      this.#arrived = resolve;
    });
  }

  static async start(): Promise<JaegerCollector> {
    const collector = new JaegerCollector();
    collector.#endpoint = await httpEndpoint((request, response) => {
      collector.#take(request).then(
        () => response.writeHead(202).end(),
        (error: unknown) => response.writeHead(400).end(String(error)),
      );
    });
    return collector;
  }

  get endpoint(): string {
    return `${String(this.#endpoint?.url)}${PATH}`;
  }

  /** From now on batches are taken, but not answered until `releaseAnswers`. */
  holdAnswers(): void {
    this.#mayAnswer = new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  releaseAnswers(): void {
    this.#release();
  }

  async close(): Promise<void> {
    this.#release();
    await this.#endpoint?.close();
  }

  async #take(request: IncomingMessage): Promise<void> {
    const type = request.headers['content-type'] ?? '';
    if (request.method !== 'POST' || request.url !== PATH || !THRIFT.includes(type)) {
      throw new Error(`not a batch of spans: ${String(request.method)} ${String(request.url)} ${type}`);
    }
    const batch = decodeBatch(await buffer(request));
    this.spans.push(...batch.spans.map((span) => ({ ...span, service: batch.service })));
    this.#arrived();
    await this.#mayAnswer;
  }
}
