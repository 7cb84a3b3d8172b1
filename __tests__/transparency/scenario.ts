import type * as grpc from '@grpc/grpc-js';
import type { Metadata } from '@grpc/grpc-js';
import type { ClientHttp2Stream, OutgoingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { EchoClient } from '../../protos/types/test/Echo';
import type { Shape } from '../../tools/invoke.js';
import type { Pace } from './pace.js';
import type { Recorder } from './recorder.js';

/** One line of the list: what a client and a server do with one call, or with a few. */
export interface Scenario {
  readonly name: string;
  readonly shape: Shape;
  readonly serving?: Serving;
  readonly calling?: Calling;
  readonly setup?: Setup;
  /** What happens besides, and when. */
  readonly when?: Readonly<Partial<Record<Moment, (stage: Controls) => void>>>;
  /** How many calls the client makes, one after the other. Default: 1. */
  readonly calls?: number;
  /** A server that speaks HTTP/2 by hand takes the place of the real one. */
  readonly rawServer?: (stream: ServerHttp2Stream, attempt: number) => void;
  /** A client that speaks HTTP/2 by hand takes the place of the real one. */
  readonly rawClient?: RawCall;
  /** Whether the call throws to its caller. */
  readonly throws?: boolean;
  /** `false` where no call gets as far as an interceptor of ours. Default: `true`. */
  readonly leavesSpans?: boolean;
  /** Whether it takes long: it waits for time to pass, or sends much. Default: `false`. */
  readonly long?: boolean;
  /** What tells that a call is over. Default: its status. */
  readonly overWhen?: 'status' | 'uncaught';
}

/** The first time of each in a call, except `called`, which is the moment after the client made the call. */
export type Moment =
  'called' | 'handler' | 'cancelled on the server' | 'headers' | 'message' | 'callback' | 'over' | 'request';

/** How a handler ends after it has answered. */
export type Ending =
  'ok' | 'hang' | 'throw' | 'unserializable' | 'destroy' | 'twice' | 'late' | 'reject' | { readonly error: object };

export interface Serving {
  /** Sent by `sendMetadata`, before any answer. */
  readonly headers?: () => Metadata;
  /** Default: what came, streamed back as it comes by a bidi handler, the last of it by one with a single response. */
  readonly answers?: readonly string[];
  readonly trailers?: () => Metadata;
  /** Default: `ok`. */
  readonly ending?: Ending;
  /** The endings of the first handlers to be called. */
  readonly firstEndings?: readonly Ending[];
  readonly pace?: Pace;
}

export interface Calling {
  /** Default: one message, or two where the shape streams them. */
  readonly requests?: readonly string[];
  /** In place of the requests: what only an application without type checking sends. */
  readonly unserializable?: boolean;
  readonly metadata?: () => Metadata;
  readonly options?: () => grpc.CallOptions;
  /** Never ends its own side. */
  readonly open?: boolean;
  readonly pace?: Pace;
  /** Does not listen to `'error'`. */
  readonly deaf?: boolean;
  /** A path in place of the shape's, or serializers in place of its own. */
  readonly method?: Partial<grpc.MethodDefinition<object, object>>;
}

export interface Setup {
  readonly serverOptions?: grpc.ServerOptions;
  readonly clientOptions?: grpc.ClientOptions;
  readonly serverCredentials?: () => grpc.ServerCredentials;
  readonly clientCredentials?: () => grpc.ChannelCredentials;
  /** Where tracing, if there is any, stands among the interceptors. */
  readonly serverChain?: (tracing: grpc.ServerInterceptor[], recorder: Recorder) => grpc.ServerInterceptor[];
  readonly clientChain?: (tracing: grpc.Interceptor[], recorder: Recorder) => grpc.Interceptor[];
  readonly target?: (port: number) => string;
  /** The client connects through a relay; of its connections, so many first ones are cut at once. */
  readonly refusing?: number;
}

export interface RawCall {
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer;
  readonly open?: boolean;
  readonly act?: (stream: ClientHttp2Stream) => void;
}

/** What a scenario can do besides calling and serving. */
export interface Controls {
  readonly call: { cancel(): void; getPeer(): string };
  readonly client: EchoClient;
  readonly server: grpc.Server;
  /** Cuts the relay's connections. */
  readonly cut: () => void;
  /** Lets no more bytes through the relay. */
  readonly freeze: () => void;
}
