import type * as grpc from '@grpc/grpc-js';
import type { Writable } from 'node:stream';
import type { EchoMethods } from '../helpers/echo.js';
import { read } from './pace.js';
import type { Recorder, Track } from './recorder.js';
import type { Ending, Moment, Serving } from './scenario.js';
import { writeAll } from './writing.js';

/** What the calls of all four shapes have. */
interface ServerCall {
  readonly metadata: grpc.Metadata;
  readonly cancelled: boolean;
  readonly request?: { readonly text: string };
  getPeer(): string;
  getPath(): string;
  getHost(): string;
  getDeadline(): grpc.Deadline;
  getAuthContext(): unknown;
  sendMetadata(metadata: grpc.Metadata): void;
  on(event: string, listener: (...values: unknown[]) => void): unknown;
}

type Respond = grpc.sendUnaryData<{ text: string }>;
type ResponseStream = Pick<Writable, 'write' | 'emit' | 'destroy'> & { end(metadata?: grpc.Metadata): unknown };

/** What protobuf refuses to encode. */
export function unserializable(): { text: string } {
  const text: unknown = {
    toString(): string {
      throw new Error('no text');
    },
  };
  // What an application without type checking sends.
  return { text: text as string };
}

/** One run of a handler: takes down what it is handed, and says what it is to do. */
class Handling {
  readonly track: Track;
  readonly writes: Track;

  constructor(
    recorder: Recorder,
    private readonly call: ServerCall,
    private readonly serving: Serving,
    private readonly ending: Ending,
    private readonly happened: (moment: Moment) => void,
  ) {
    this.track = recorder.track('handler');
    this.writes = recorder.track('handler writes');
    this.track.note('called', this.seen(), call.request);
    // The end of every call, also of those that succeed.
    const over = recorder.expect();
    call.on('cancelled', (...values) => {
      // Not the peer: it is gone with the stream if the client's reset has arrived by now.
      this.track.note('cancelled', values, call.cancelled, call.metadata);
      over();
      happened('cancelled on the server');
    });
    if (serving.headers !== undefined) call.sendMetadata(serving.headers());
    happened('handler');
    if (ending === 'throw') throw new Error('thrown by the handler');
  }

  get answers(): { text: string }[] | undefined {
    return this.serving.answers?.map((text) => ({ text }));
  }

  /** Reads the requests; resolves when there are no more. */
  readAll(stream: Parameters<typeof read>[0], take: (message: { text: string }) => void): Promise<void> {
    this.track.listen(stream, ['error', 'close']);
    return new Promise((resolve) => {
      const note = (message: unknown): void => {
        this.track.note('request', message);
        this.happened('request');
        // The stream of this service's messages.
        take(message as { text: string });
      };
      read(stream, this.serving.pace ?? 'flowing', note, resolve);
      stream.on('end', () => this.track.note('end'));
    });
  }

  respond(callback: Respond, message: { text: string }): void {
    const { ending } = this;
    const answer = this.answers?.[0] ?? message;
    if (typeof ending === 'object') callback(ending.error, null, this.serving.trailers?.());
    else if (ending === 'unserializable') callback(null, unserializable());
    else if (ending === 'late') this.call.on('cancelled', () => callback(null, answer));
    else if (ending !== 'hang') callback(null, answer, this.serving.trailers?.());
    if (ending === 'twice') callback(null, answer);
  }

  finish(stream: ResponseStream): void {
    const { ending } = this;
    if (typeof ending === 'object') stream.emit('error', ending.error);
    else if (ending === 'unserializable') stream.write(unserializable());
    else if (ending === 'late') this.call.on('cancelled', () => stream.end());
    else if (ending === 'destroy') stream.destroy(new Error('destroyed by the handler'));
    else if (ending !== 'hang') stream.end(this.serving.trailers?.());
    if (ending === 'twice') stream.end();
  }

  private seen(): object {
    const { call } = this;
    return {
      cancelled: call.cancelled,
      metadata: call.metadata,
      path: call.getPath(),
      host: call.getHost(),
      deadline: call.getDeadline() === Infinity ? 'none' : 'some',
      peer: call.getPeer(),
      authentication: authentication(call.getAuthContext()),
    };
  }
}

/** A certificate's subject stands for it. */
export function authentication(context: unknown): unknown {
  if (typeof context !== 'object' || context === null || !('sslPeerCertificate' in context)) return context;
  const { sslPeerCertificate: certificate } = context;
  const named = typeof certificate === 'object' && certificate !== null && 'subject' in certificate;
  return { ...context, sslPeerCertificate: named ? certificate.subject : certificate };
}

/** A handler per shape, each doing what the scenario says. */
export function serverHandlers(serving: Serving, recorder: Recorder, happened: (moment: Moment) => void): EchoMethods {
  let handled = 0;
  const begin = (call: ServerCall): Handling => {
    const ending = serving.firstEndings?.[handled++] ?? serving.ending ?? 'ok';
    const handling = new Handling(recorder, call, serving, ending, happened);
    // As an async handler does, which grpc-js does not wait for.
    if (ending === 'reject') void Promise.reject(new Error('rejected by the handler'));
    return handling;
  };
  return {
    Unary(call, callback) {
      begin(call).respond(callback, call.request);
    },
    ClientStream(call, callback) {
      const handling = begin(call);
      let last = { text: 'no message' };
      void handling
        .readAll(call, (message) => {
          last = message;
        })
        .then(() => handling.respond(callback, last));
    },
    ServerStream(call) {
      const handling = begin(call);
      handling.track.listen(call, ['error', 'close', 'finish']);
      const answers = handling.answers ?? [call.request, call.request];
      void writeAll(call, answers, handling.writes).then(() => handling.finish(call));
    },
    Bidi(call) {
      const handling = begin(call);
      handling.track.listen(call, ['finish']);
      const { answers } = handling;
      const echo = (message: { text: string }): void => void writeAll(call, [message], handling.writes);
      void handling
        .readAll(call, answers === undefined ? echo : () => undefined)
        .then(() => writeAll(call, answers ?? [], handling.writes))
        .then(() => handling.finish(call));
    },
  };
}
