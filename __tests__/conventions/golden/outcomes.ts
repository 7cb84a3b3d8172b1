import type { Behaviour } from '../../helpers/echo-handlers.js';
import { DETAILS } from '../../helpers/echo-handlers.js';

export const MODES = ['stable', 'dup', 'old'] as const;
export type Mode = (typeof MODES)[number];

export const SIDES = ['client', 'server'] as const;
export type Side = (typeof SIDES)[number];

/** How a call ends, and what either side makes of it. */
export interface Outcome {
  readonly outcome: string;
  readonly behaviour: Behaviour;
  readonly code: number;
  readonly name: string;
  /** What a side says of its failure; undefined where it is none to that side. */
  readonly failure: Readonly<Record<Side, string | undefined>>;
}

export const OK: Outcome = {
  outcome: 'OK',
  behaviour: 'ok',
  code: 0,
  name: 'OK',
  failure: { client: undefined, server: undefined },
};

export const OUTCOMES: readonly Outcome[] = [
  OK,
  {
    outcome: 'INTERNAL, an error of both sides',
    behaviour: 'code 13',
    code: 13,
    name: 'INTERNAL',
    failure: { client: DETAILS, server: DETAILS },
  },
  {
    outcome: 'NOT_FOUND, an error of the client only',
    behaviour: 'code 5',
    code: 5,
    name: 'NOT_FOUND',
    failure: { client: DETAILS, server: undefined },
  },
  {
    outcome: '42, outside 0 to 16',
    behaviour: 'code 42',
    code: 42,
    name: '42',
    failure: { client: DETAILS, server: DETAILS },
  },
  {
    outcome: 'CANCELLED, by the client',
    behaviour: 'hang',
    code: 1,
    name: 'CANCELLED',
    failure: { client: 'Cancelled on client', server: undefined },
  },
];
