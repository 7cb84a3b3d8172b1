import { context, ROOT_CONTEXT } from '@opentelemetry/api';

const LOAD = /^(?:unary|(?:server stream|bidi) of [1-9]\d*)$/;

/** What one call of the load is. A bidi call sends as many messages as it gets. */
export type Load = 'unary' | `server stream of ${number}` | `bidi of ${number}`;

function isLoad(text: string): text is Load {
  return LOAD.test(text);
}

/** @throws TypeError for what is no load. */
export function loadOf(text: string): Load {
  if (!isLoad(text)) throw new TypeError(`no load: ${text}`);
  return text;
}

/** Messages of one call, in one direction. */
export function messagesOf(load: Load): number {
  return Number(load.split(' of ')[1] ?? 1);
}

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

/** Makes `calls` calls, `inFlight` at a time; tells how long each took, in milliseconds, if there is room to say so. */
export function runLoad(
  caller: Caller,
  load: Load,
  calls: number,
  inFlight: number,
  latencies?: Float64Array,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let started = 0;
    let finished = 0;
    const next = (): void => {
      const index = started++;
      if (index >= calls) return;
      const startedAt = performance.now();
      // The auto instrumentation runs callbacks inside the CLIENT span: without this, its calls would be one endless
      // trace, each call a child of the one before.
      context.with(ROOT_CONTEXT, callOnce, undefined, caller, load, (error?: Error) => {
        if (error) {
          reject(error);
          return;
        }
        if (latencies !== undefined) latencies[index] = performance.now() - startedAt;
        finished++;
        if (finished === calls) resolve();
        else next();
      });
    };
    for (let i = 0; i < Math.min(inFlight, calls); i++) next();
  });
}
