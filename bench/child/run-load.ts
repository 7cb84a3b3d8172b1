import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { messagesOf, type Load } from '../load.js';

export type Done = (error?: Error) => void;

/** The client of one variant, in the form that the load needs: however it is called, `done` is called once, at the end. */
export interface Caller {
  unary(done: Done): void;
  serverStream(messages: number, done: Done): void;
  bidi(messages: number, done: Done): void;
}

function callOnce(caller: Caller, load: Load, done: Done): void {
  if (load === 'unary') caller.unary(done);
  else if (load.startsWith('server')) caller.serverStream(messagesOf(load), done);
  else caller.bidi(messagesOf(load), done);
}

/** Makes `calls` calls, `inFlight` at a time. */
export function runLoad(caller: Caller, load: Load, calls: number, inFlight: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let started = 0;
    let finished = 0;
    const next = (): void => {
      if (started++ >= calls) return;
      // The auto instrumentation runs callbacks inside the CLIENT span: without this, its calls would be one endless
      // trace, each call a child of the one before.
      context.with(ROOT_CONTEXT, callOnce, undefined, caller, load, (error?: Error) => {
        if (error) {
          reject(error);
          return;
        }
        finished++;
        if (finished === calls) resolve();
        else next();
      });
    };
    for (let i = 0; i < Math.min(inFlight, calls); i++) next();
  });
}
