import * as grpc from '@grpc/grpc-js';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { BEHAVIOUR_KEY, handlers, METHODS, type Message, type Shape, type Watch } from './service.js';
import { Telemetry, type providerClass } from './telemetry.js';

export interface RigOptions {
  readonly server?: grpc.ServerOptions;
  readonly client?: grpc.ClientOptions;
  readonly watch?: Watch;
}

export interface CallOptions {
  readonly behaviour?: string;
  readonly text?: string;
  readonly deadlineMillis?: number;
  readonly keepsOpen?: boolean;
  readonly watch?: (event: string) => void;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface Started {
  readonly call: { cancel(): void };
  readonly code: Promise<number>;
}

/** A server on a free port of the loopback and a client, both traced. */
export class Rig {
  readonly serverSpans: Telemetry;
  readonly clientSpans: Telemetry;
  readonly server: grpc.Server;
  private connected: grpc.Client | undefined;

  constructor(
    Provider: Awaited<ReturnType<typeof providerClass>>,
    private readonly options: RigOptions = {},
  ) {
    this.serverSpans = new Telemetry(Provider);
    this.clientSpans = new Telemetry(Provider);
    const interceptor = tracingServerInterceptor({ tracerProvider: this.serverSpans.provider });
    this.server = new grpc.Server({ ...options.server, interceptors: [interceptor] });
    this.server.addService(METHODS, handlers(options.watch ?? (() => undefined)));
  }

  async open(): Promise<this> {
    const port = await new Promise<number>((resolve, reject) => {
      this.server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => {
        if (error) reject(error);
        else resolve(bound);
      });
    });
    this.connected = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
      ...this.options.client,
      interceptors: [tracingClientInterceptor({ tracerProvider: this.clientSpans.provider })],
    });
    return this;
  }

  close(): void {
    this.connected?.close();
    this.server.forceShutdown();
  }

  start(shape: Shape, options: CallOptions = {}): Started {
    const { connected: client } = this;
    if (client === undefined) throw new Error('the rig is not open');
    const { path, requestSerialize: write, responseDeserialize: read } = METHODS[shape];
    const { behaviour = 'ok', text = 'hello', deadlineMillis = 8000, watch = () => undefined } = options;
    const metadata = new grpc.Metadata();
    for (const [key, value] of Object.entries({ [BEHAVIOUR_KEY]: behaviour, ...options.metadata }))
      metadata.set(key, value);
    const callOptions = { deadline: Date.now() + deadlineMillis };
    let finish: (code: number) => void;
    const code = new Promise<number>((resolve) => {
      finish = resolve;
    });
    const onResponse = (error: grpc.ServiceError | null): void => {
      watch('callback');
      finish(error?.code ?? grpc.status.OK);
    };
    const listen = <Call extends NodeJS.EventEmitter>(call: Call, events: readonly string[]): Call => {
      for (const event of events) call.on(event, () => watch(event));
      return call;
    };
    const readAll = <Call extends NodeJS.EventEmitter>(call: Call): Call => {
      call.on('error', () => undefined);
      call.on('status', (status: grpc.StatusObject) => finish(status.code));
      return listen(call, ['metadata', 'data', 'end', 'status']);
    };
    const writeAll = <Call extends grpc.ClientWritableStream<Message> | grpc.ClientDuplexStream<Message, Message>>(
      call: Call,
    ): Call => {
      call.write({ text });
      if (options.keepsOpen !== true) call.end();
      return call;
    };
    switch (shape) {
      case 'Unary':
        return {
          call: listen(client.makeUnaryRequest(path, write, read, { text }, metadata, callOptions, onResponse), [
            'metadata',
            'status',
          ]),
          code,
        };
      case 'ClientStream':
        return {
          call: writeAll(
            listen(client.makeClientStreamRequest(path, write, read, metadata, callOptions, onResponse), [
              'metadata',
              'status',
            ]),
          ),
          code,
        };
      case 'ServerStream':
        return {
          call: readAll(client.makeServerStreamRequest(path, write, read, { text }, metadata, callOptions)),
          code,
        };
      case 'Bidi':
        return {
          call: writeAll(readAll(client.makeBidiStreamRequest(path, write, read, metadata, callOptions))),
          code,
        };
    }
  }
}
