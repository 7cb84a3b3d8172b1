import * as grpc from '@grpc/grpc-js';
import { tracingChannel, tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { BEHAVIOUR_KEY, handlers, METHODS, type Message, type Shape, type Watch } from './service.js';
import { Telemetry, type providerClass } from './telemetry.js';

/** What traces the client's calls: an interceptor, or its channel. */
export const TRACED_BY = ['interceptor', 'channel'] as const;
export type TracedBy = (typeof TRACED_BY)[number];

export interface RigOptions {
  /** Default: an interceptor. */
  readonly tracedBy?: TracedBy;
  readonly server?: grpc.ServerOptions;
  readonly client?: grpc.ClientOptions;
  readonly watch?: Watch;
  /** Comes after tracing, further from the wire. */
  readonly serverInterceptor?: grpc.ServerInterceptor;
  /** Default: tracing alone. */
  readonly clientChain?: (tracing: grpc.Interceptor) => grpc.Interceptor[];
  /** What the client is to call, given the server's port. Default: that. */
  readonly target?: (port: number) => string;
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
  /** What the caller's error says, once there is a code. */
  readonly details: () => string;
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
    const tracing = tracingServerInterceptor({ tracerProvider: this.serverSpans.provider });
    const { serverInterceptor } = options;
    const interceptors = serverInterceptor === undefined ? [tracing] : [tracing, serverInterceptor];
    this.server = new grpc.Server({ ...options.server, interceptors });
    this.server.addService(METHODS, handlers(options.watch ?? (() => undefined)));
  }

  async open(): Promise<this> {
    const port = await new Promise<number>((resolve, reject) => {
      this.server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => {
        if (error) reject(error);
        else resolve(bound);
      });
    });
    const { client, clientChain, target, tracedBy = 'interceptor' } = this.options;
    const tracingOptions = { tracerProvider: this.clientSpans.provider };
    const tracing = tracingClientInterceptor(tracingOptions);
    const tracings: Record<TracedBy, grpc.ClientOptions> = {
      interceptor: { interceptors: clientChain?.(tracing) ?? [tracing] },
      channel: { channelFactoryOverride: (...args) => tracingChannel(new grpc.Channel(...args), tracingOptions) },
    };
    this.connected = new grpc.Client(target?.(port) ?? `127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
      ...client,
      ...tracings[tracedBy],
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
    let told = '';
    const details = (): string => told;
    let finish: (code: number) => void;
    const code = new Promise<number>((resolve) => {
      finish = resolve;
    });
    const onResponse = (error: grpc.ServiceError | null): void => {
      watch('callback');
      told = error?.details ?? '';
      finish(error?.code ?? grpc.status.OK);
    };
    const listen = <Call extends NodeJS.EventEmitter>(call: Call, events: readonly string[]): Call => {
      for (const event of events) call.on(event, () => watch(event));
      return call;
    };
    const readAll = <Call extends NodeJS.EventEmitter>(call: Call): Call => {
      call.on('error', () => undefined);
      call.on('status', (status: grpc.StatusObject) => {
        told = status.details;
        finish(status.code);
      });
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
          details,
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
          details,
        };
      case 'ServerStream':
        return {
          call: readAll(client.makeServerStreamRequest(path, write, read, { text }, metadata, callOptions)),
          code,
          details,
        };
      case 'Bidi':
        return {
          call: writeAll(readAll(client.makeBidiStreamRequest(path, write, read, metadata, callOptions))),
          code,
          details,
        };
    }
  }
}
