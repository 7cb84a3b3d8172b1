import {
  InterceptingCall,
  Metadata,
  ServerInterceptingCall,
  status,
  type Interceptor,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { SHAPES } from '../../tools/invoke.js';
import { otherClient, otherServer, POSITIONS, type EventLog, type Meddling } from '../helpers/chain.js';
import { retrying } from '../helpers/retrying.js';
import type { Recorder } from './recorder.js';
import type { Scenario, Setup } from './scenario.js';

const MEDDLING: Meddling = { text: (text) => `${text}!` };
/** On the server: a client's interceptor that writes into the metadata of its caller is a matter of its own, below. */
const WRITING: Meddling = { metadata: (metadata) => metadata.set('x-meddled', 'yes') };
const CHANGING_CODES: Meddling = { ...MEDDLING, code: (code) => (code === status.OK ? status.OK : status.ABORTED) };

function logOf(recorder: Recorder, name: string): EventLog {
  const log: EventLog = { out: [], in: [] };
  recorder.keep(`${name} out`, log.out);
  recorder.keep(`${name} in`, log.in);
  return log;
}

/** Tracing, if there is any, at a place among two others. */
function placed<T>(position: (typeof POSITIONS)[number], tracing: T[], one: T, other: T): T[] {
  switch (position) {
    case 'first':
      return [...tracing, one, other];
    case 'in the middle':
      return [one, ...tracing, other];
    case 'last':
      return [one, other, ...tracing];
  }
}

function around(position: (typeof POSITIONS)[number], meddling: Meddling): Setup {
  return {
    clientChain: (tracing, recorder) => {
      const log = logOf(recorder, 'interceptors of the client');
      return placed(position, tracing, otherClient('one', log, meddling), otherClient('other', log, meddling));
    },
    serverChain: (tracing, recorder) => {
      const log = logOf(recorder, 'interceptors of the server');
      return placed(
        position,
        tracing,
        otherServer('one', log, { ...meddling, ...WRITING }),
        otherServer('other', log, meddling),
      );
    },
  };
}

/** Passes each event on later, as one that asks somebody else does. */
const delayingClient: Interceptor = (options, nextCall) =>
  new InterceptingCall(nextCall(options), {
    start(metadata, _listener, next) {
      setImmediate(() =>
        next(metadata, {
          onReceiveStatus: (received, pass) => setImmediate(() => pass(received)),
        }),
      );
    },
    sendMessage: (message, next) => setImmediate(() => next(message)),
  });

const delayingServer: ServerInterceptor = (_method, call) =>
  new ServerInterceptingCall(call, {
    start: (next) => next({ onReceiveMetadata: (metadata, pass) => setImmediate(() => pass(metadata)) }),
    sendMetadata: (metadata, next) => setImmediate(() => next(metadata)),
    sendStatus: (sent, next) => setImmediate(() => next(sent)),
  });

const rejecting: ServerInterceptor = (_method, call) =>
  new ServerInterceptingCall(call, {
    start: (next) =>
      next({
        onReceiveMetadata: () =>
          call.sendStatus({ code: status.UNAUTHENTICATED, details: 'rejected', metadata: new Metadata() }),
      }),
  });

const throwing: Interceptor = () => {
  throw new Error('thrown by an interceptor');
};

/** Adds to the metadata in the way that leaves the caller's alone. */
const adding: Interceptor = (options, nextCall) =>
  new InterceptingCall(nextCall(options), {
    start(metadata, listener, next) {
      const more = metadata.clone();
      more.add('x-added', 'yes');
      next(more, listener);
    },
  });

/** Ends each call itself; nothing is sent. */
const answering: Interceptor = (options, nextCall) =>
  new InterceptingCall(nextCall(options), {
    start(_metadata, listener) {
      setImmediate(() => {
        listener.onReceiveMetadata(new Metadata());
        listener.onReceiveMessage({ text: 'from a cache' });
        listener.onReceiveStatus({ code: status.OK, details: 'cached', metadata: new Metadata() });
      });
    },
    sendMessage: () => undefined,
    halfClose: () => undefined,
  });

export const CHAINS: readonly Scenario[] = SHAPES.flatMap((shape): Scenario[] => [
  ...POSITIONS.flatMap((position): Scenario[] => [
    { name: `${position} among interceptors that change things`, shape, setup: around(position, MEDDLING) },
    {
      name: `${position} among interceptors that change the code`,
      shape,
      serving: { ending: { error: { code: status.NOT_FOUND, details: 'none' } }, answers: [] },
      setup: around(position, CHANGING_CODES),
    },
  ]),
  {
    name: 'above interceptors that delay',
    shape,
    setup: {
      clientChain: (tracing) => [...tracing, delayingClient],
      serverChain: (tracing) => [...tracing, delayingServer],
    },
  },
  {
    name: 'below interceptors that delay',
    shape,
    setup: {
      clientChain: (tracing) => [delayingClient, ...tracing],
      serverChain: (tracing) => [delayingServer, ...tracing],
    },
  },
  { name: 'before an interceptor that rejects', shape, setup: { serverChain: (tracing) => [...tracing, rejecting] } },
  { name: 'after an interceptor that rejects', shape, setup: { serverChain: (tracing) => [rejecting, ...tracing] } },
  { name: 'above an interceptor that adds metadata', shape, setup: { clientChain: (tracing) => [...tracing, adding] } },
  { name: 'below an interceptor that adds metadata', shape, setup: { clientChain: (tracing) => [adding, ...tracing] } },
  { name: 'above an interceptor that answers', shape, setup: { clientChain: (tracing) => [...tracing, answering] } },
  {
    name: 'below interceptors of the call, which replace it',
    shape,
    calling: { options: () => ({ interceptors: [otherClient('of the call', { in: [], out: [] }, MEDDLING)] }) },
  },
  {
    name: 'above an interceptor that throws, which the caller catches',
    shape,
    setup: { clientChain: (tracing) => [...tracing, throwing] },
    throws: true,
    leavesSpans: false,
  },
  {
    name: 'in both places of a chain',
    shape,
    setup: {
      clientChain: (tracing) => [...tracing, ...tracing],
      serverChain: (tracing) => [...tracing, ...tracing],
    },
  },
]).concat({
  name: 'below an interceptor that retries',
  shape: 'Unary',
  serving: { firstEndings: [{ error: { code: status.UNAVAILABLE } }] },
  setup: { clientChain: (tracing) => [retrying(2), ...tracing] },
});
