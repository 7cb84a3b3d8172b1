import { Metadata } from '@grpc/grpc-js';
import type { Random } from './random.js';

export type Shape = 'Unary' | 'ClientStream' | 'ServerStream' | 'Bidi';

/** What a handler does once it has read what it wants to read. */
export type Act =
  | 'answer'
  | 'answer slowly'
  | 'answer too late'
  | 'answer twice'
  | 'answer with too much'
  | 'answer what cannot be serialized'
  | 'fail with a code'
  | 'fail with a plain error'
  | 'throw'
  | 'destroy'
  | 'hang';

/** When the caller cancels; a number is milliseconds after the start. */
export type Cancel = 'never' | 'at once' | 'at the first message' | number;

/** All that is random about one call, drawn before it starts. */
export interface CallPlan {
  readonly number: number;
  readonly shape: Shape;
  readonly act: Act;
  /** The code of 'fail with a code'. */
  readonly code: number;
  readonly requests: number;
  readonly answers: number;
  /** Of a message, in characters. */
  readonly size: number;
  readonly deadlineMillis: number;
  readonly cancel: Cancel;
  /** How many messages the caller reads before it stops reading. */
  readonly reads: number;
  /** Whether the caller never ends its stream of requests. */
  readonly keepsOpen: boolean;
  /** Whether the handler acts without waiting for the end of the requests. */
  readonly early: boolean;
}

const SHAPES: readonly [Shape, ...Shape[]] = ['Unary', 'ClientStream', 'ServerStream', 'Bidi'];

const MISDEEDS: readonly [Act, ...Act[]] = [
  'answer slowly',
  'answer too late',
  'answer twice',
  'answer with too much',
  'answer what cannot be serialized',
  'fail with a code',
  'fail with a plain error',
  'throw',
  'destroy',
  'hang',
];

/** gRPC's, and one that it has not defined. */
const LARGEST_CODE = 17;

/** Each call has a deadline, so that each has an end: generous where nothing else is to depend on it. */
const GENEROUS_MILLIS = 2000;

/** Plans that would only wait get a deadline soon, or the storm would be a calm. */
const WAITING: readonly Act[] = ['hang', 'answer too late', 'answer twice', 'destroy'];

export function planCall(number: number, random: Random): CallPlan {
  const act = random.chance(0.5) ? 'answer' : random.pick(MISDEEDS);
  const streams = random.chance(0.1) ? random.int(20, 60) : random.int(1, 4);
  const reads = random.chance(0.15) ? random.int(0, 2) : Infinity;
  const keepsOpen = random.chance(0.05);
  const waits = WAITING.includes(act) || reads !== Infinity || keepsOpen;
  return {
    number,
    shape: random.pick(SHAPES),
    act,
    code: random.int(1, LARGEST_CODE),
    requests: random.int(0, 4),
    answers: streams,
    size: random.chance(0.05) ? 4000 : random.int(0, 200),
    deadlineMillis: waits || random.chance(0.1) ? random.int(1, 60) : GENEROUS_MILLIS,
    cancel: random.chance(0.2) ? random.pick<Cancel>(['at once', 'at the first message', random.int(0, 20)]) : 'never',
    reads,
    keepsOpen,
    early: random.chance(0.2),
  };
}

const NUMBER = 'storm-number';
const ACT = 'storm-act';
const CODE = 'storm-code';
const ANSWERS = 'storm-answers';
const SIZE = 'storm-size';
const EARLY = 'storm-early';

/** What the handler is told of a plan. */
export function planMetadata(plan: CallPlan): Metadata {
  const metadata = new Metadata();
  metadata.set(NUMBER, String(plan.number));
  metadata.set(ACT, plan.act);
  metadata.set(CODE, String(plan.code));
  metadata.set(ANSWERS, String(plan.answers));
  metadata.set(SIZE, String(plan.size));
  if (plan.early) metadata.set(EARLY, 'yes');
  return metadata;
}

/** Part of the plan, as the handler reads it. */
export interface HandlerPlan {
  readonly act: string;
  readonly code: number;
  readonly answers: number;
  readonly size: number;
  readonly early: boolean;
}

export function handlerPlan(metadata: Metadata): HandlerPlan {
  const value = (key: string): string => String(metadata.get(key)[0] ?? '');
  return {
    act: value(ACT),
    code: Number(value(CODE)),
    answers: Number(value(ANSWERS)),
    size: Number(value(SIZE)),
    early: value(EARLY) !== '',
  };
}

/** Which call a request belongs to. */
export function planNumber(metadata: Metadata): number {
  return Number(metadata.get(NUMBER)[0]);
}
