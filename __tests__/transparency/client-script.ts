import { Metadata } from '@grpc/grpc-js';
import type { Readable } from 'node:stream';
import type { EchoClient } from '../../protos/types/test/Echo';
import { Echo } from '../../tools/echo.js';
import type { Shape } from '../../tools/invoke.js';
import { read } from './pace.js';
import { CALLER } from './plain.js';
import type { Recorder, Track } from './recorder.js';
import type { Calling, Controls, Moment } from './scenario.js';
import { authentication, unserializable } from './server-script.js';
import { writeAll } from './writing.js';

/** What the calls of all four shapes have. */
interface ClientCall {
  cancel(): void;
  getPeer(): string;
  getAuthContext(): unknown;
  on(event: string, listener: (...values: unknown[]) => void): unknown;
}

export interface ClientRun {
  readonly call: Controls['call'];
  /** Resolves when the client has its status and has read what it wants to read. */
  readonly over: Promise<void>;
}

/** Makes the calls of one shape, as an application does; named after what is looked for in the stacks of errors. */
const applications = {
  [CALLER](client: EchoClient, shape: Shape, calling: Calling, metadata: Metadata, respond: Respond): AnyCall {
    const { options = () => ({}), method = {} } = calling;
    const { path, requestSerialize, responseDeserialize } = { ...Echo.service[shape], ...method };
    const methods = [path, requestSerialize, responseDeserialize] as const;
    const first = requestsOf(shape, calling)[0] ?? {};
    switch (shape) {
      case 'Unary':
        return client.makeUnaryRequest(...methods, first, metadata, options(), respond);
      case 'ClientStream':
        return client.makeClientStreamRequest(...methods, metadata, options(), respond);
      case 'ServerStream':
        return client.makeServerStreamRequest(...methods, first, metadata, options());
      case 'Bidi':
        return client.makeBidiStreamRequest(...methods, metadata, options());
    }
  },
};
type Respond = (error: unknown, response?: unknown) => void;
type AnyCall =
  | ReturnType<EchoClient['Unary']>
  | ReturnType<EchoClient['ClientStream']>
  | ReturnType<EchoClient['ServerStream']>
  | ReturnType<EchoClient['Bidi']>;

function requestsOf(shape: Shape, { requests, unserializable: broken = false }: Calling): object[] {
  if (broken) return [unserializable()];
  const streams = shape === 'ClientStream' || shape === 'Bidi';
  return (requests ?? (streams ? ['hello', 'world'] : ['hello'])).map((text) => ({ text }));
}

/** Makes a call and takes down all that the client is told about it. */
export function callAndRecord(
  client: EchoClient,
  shape: Shape,
  calling: Calling,
  recorder: Recorder,
  happened: (moment: Moment) => void,
): ClientRun {
  const track = recorder.track('client');
  const writes = recorder.track('client writes');
  const metadata = calling.metadata?.() ?? new Metadata();
  const call = applications[CALLER](client, shape, calling, metadata, (error, response) => {
    track.note('callback', error, response);
    happened('callback');
  });
  track.note('called', seen(call));
  const status = new Promise<void>((resolve) => {
    listen(call, calling, track, happened);
    call.on('status', (status: unknown) => {
      track.note('status', status, seen(call));
      track.note('keys of the metadata that was passed', Object.keys(metadata.getMap()));
      happened('over');
      resolve();
    });
  });
  const read = 'read' in call ? readAll(call, calling, track, happened) : Promise.resolve();
  if ('write' in call) {
    void writeAll(call, requestsOf(shape, calling), writes).then(() => {
      if (calling.open !== true) call.end();
    });
  }
  return { call, over: Promise.all([status, read]).then(() => undefined) };
}

function listen(call: ClientCall, { deaf = false }: Calling, track: Track, happened: (moment: Moment) => void): void {
  track.listen(call, ['metadata', 'close', 'end', 'finish', ...(deaf ? [] : ['error'])]);
  call.on('metadata', () => happened('headers'));
}

function readAll(
  call: Readable,
  { pace = 'flowing' }: Calling,
  track: Track,
  happened: (moment: Moment) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const take = (message: unknown): void => {
      track.note('message', message);
      happened('message');
    };
    read(call, pace, take, resolve);
  });
}

function seen(call: ClientCall): object {
  return { peer: call.getPeer(), authentication: authentication(call.getAuthContext()) };
}
