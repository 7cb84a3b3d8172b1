import { Metadata } from '@grpc/grpc-js';
import type { EchoHandlers } from '../../protos/types/test/Echo';

/** What a handler is to do; a call names it in its metadata. */
export type Behaviour =
  'ok' | `code ${number}` | 'plain error' | 'throw' | 'hang' | 'unserializable' | 'too large' | 'late';

const BEHAVIOUR_KEY = 'behaviour';

/** Larger than the limit that the tests of message sizes set. */
export const TOO_LARGE = 'x'.repeat(5000);

export function behave(behaviour: Behaviour, metadata = new Metadata()): Metadata {
  metadata.set(BEHAVIOUR_KEY, behaviour);
  return metadata;
}

export const DETAILS = 'as the handler said: é 100%';

/** The error with which a handler is to fail, if it is. */
function errorOf(behaviour: string): (Error & { code?: number; details?: string }) | undefined {
  if (behaviour === 'plain error') return new Error('plain');
  if (!behaviour.startsWith('code ')) return undefined;
  return Object.assign(new Error('message'), { code: Number(behaviour.slice('code '.length)), details: DETAILS });
}

function behaviourOf({ metadata }: { metadata: Metadata }): string {
  const behaviour = String(metadata.get(BEHAVIOUR_KEY)[0] ?? 'ok');
  if (behaviour === 'throw') throw new Error('boom');
  return behaviour;
}

/** What protobuf refuses to encode. */
function unserializable(): { text: string } {
  const text: unknown = {
    toString(): string {
      throw new Error('no text');
    },
  };
  // The handler of an application without type checking.
  return { text: text as string };
}

function responseTo(behaviour: string, request: { text: string }): { text: string } {
  if (behaviour === 'unserializable') return unserializable();
  if (behaviour === 'too large') return { text: TOO_LARGE };
  return { text: request.text };
}

/** One handler per call shape; each does what the call's metadata names, after it has read what there is to read. */
export const echoHandlers: EchoHandlers = {
  Unary(call, callback) {
    const behaviour = behaviourOf(call);
    if (behaviour === 'hang') return;
    if (behaviour === 'late') {
      call.on('cancelled', () => callback(null, call.request));
      return;
    }
    const error = errorOf(behaviour);
    if (error) callback(error);
    else callback(null, responseTo(behaviour, call.request));
  },

  ClientStream(call, callback) {
    const behaviour = behaviourOf(call);
    let last = { text: '' };
    call.on('data', (message: { text: string }) => {
      last = message;
    });
    call.on('end', () => {
      if (behaviour === 'hang') return;
      const error = errorOf(behaviour);
      if (error) callback(error);
      else callback(null, responseTo(behaviour, last));
    });
  },

  ServerStream(call) {
    const behaviour = behaviourOf(call);
    call.write(responseTo(behaviour, call.request));
    if (behaviour === 'hang') return;
    const error = errorOf(behaviour);
    if (error) {
      call.emit('error', error);
      return;
    }
    call.write(call.request);
    call.end();
  },

  Bidi(call) {
    const behaviour = behaviourOf(call);
    call.on('data', (message: { text: string }) => {
      call.write(responseTo(behaviour, message));
    });
    call.on('end', () => {
      if (behaviour === 'hang') return;
      const error = errorOf(behaviour);
      if (error) call.emit('error', error);
      else call.end();
    });
  },
};
