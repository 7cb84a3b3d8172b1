import { status } from '@grpc/grpc-js';
import { SHAPES } from '../../tools/invoke.js';
import { metadataOf } from './metadata-of.js';
import { cancelSoon } from './patience.js';
import type { Controls, Moment, Scenario } from './scenario.js';

/** What an exception has interrupted may never end by itself: then the caller gives up. */
function throwAt(moment: Moment): Pick<Scenario, 'when'> {
  const fail = ({ call }: Controls): never => {
    cancelSoon(call);
    throw new Error(`thrown at: ${moment}`);
  };
  return { when: { [moment]: fail } };
}

const FAILURE = { ending: { error: { code: status.ABORTED, details: 'nobody listens' } } };
const STREAMS = SHAPES.filter((shape) => shape === 'ServerStream' || shape === 'Bidi');

/** What ends a process, unless it listens to `uncaughtException`: exceptions that an application throws into grpc-js. */
export const UNCAUGHT: readonly Scenario[] = [
  ...SHAPES.flatMap((shape): Scenario[] => [
    { name: "a listener to 'status' throws", shape, overWhen: 'uncaught', ...throwAt('over') },
    {
      name: "a listener to 'metadata' throws",
      shape,
      serving: { headers: () => metadataOf({ 'x-response': ['one'] }) },
      ...throwAt('headers'),
    },
    { name: 'the handler throws at once', shape, ...throwAt('handler') },
    { name: "the handler's listener to 'cancelled' throws", shape, ...throwAt('cancelled on the server') },
    { name: "the handler's promise rejects", shape, serving: { ending: 'reject' } },
  ]),
  ...STREAMS.flatMap((shape): Scenario[] => [
    { name: "a listener to 'data' throws", shape, ...throwAt('message') },
    { name: "nobody listens to 'error'", shape, overWhen: 'uncaught', serving: FAILURE, calling: { deaf: true } },
  ]),
  ...(['Unary', 'ClientStream'] as const).map((shape): Scenario => ({
    name: 'the callback throws',
    shape,
    overWhen: 'uncaught',
    ...throwAt('callback'),
  })),
  ...(['ClientStream', 'Bidi'] as const).map((shape): Scenario => ({
    name: "the handler's listener to 'data' throws",
    shape,

    ...throwAt('request'),
  })),
];
