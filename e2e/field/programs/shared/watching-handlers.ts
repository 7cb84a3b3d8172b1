import type { Metadata } from '@grpc/grpc-js';
import type { EventEmitter } from 'node:events';
import type { EchoHandlers } from '../../../../protos/types/test/Echo';
import { echoHandlers } from './echo-service.js';

/** Of a call: the metadata says whose it is. */
export const CALLER = 'caller';

/** Looks at what is active: when the handler of a call runs, soon after, and at the events of the call. */
export type Look = (call: string, event: string) => void;

export function watchingHandlers(look: Look): EchoHandlers {
  const watch = (call: EventEmitter & { readonly metadata: Metadata }, shape: string): void => {
    const name = `${String(call.metadata.get(CALLER)[0])} ${shape}`;
    const note = (event: string) => () => look(name, event);
    note('handler')();
    setImmediate(note('setImmediate'));
    for (const event of ['data', 'end', 'finish', 'cancelled']) call.on(event, note(event));
  };
  return {
    Unary(call, callback) {
      watch(call, 'Unary');
      setImmediate(() => echoHandlers.Unary(call, callback));
    },
    ClientStream(call, callback) {
      watch(call, 'ClientStream');
      echoHandlers.ClientStream(call, callback);
    },
    ServerStream(call) {
      watch(call, 'ServerStream');
      echoHandlers.ServerStream(call);
    },
    Bidi(call) {
      watch(call, 'Bidi');
      echoHandlers.Bidi(call);
    },
  };
}
