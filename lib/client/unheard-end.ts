import { connectivityState, status } from '@grpc/grpc-js';
import { report } from '../diagnostics/report.js';
import type { CallOutcome } from '../rpc/status.js';
import type { BaseChannel, BaseClientCall } from './base-call.js';

/**
 * grpc-js tells the end of a call to whoever listens at that moment, and to nobody who starts the call later. So a call that
 * is over while an interceptor delays its start, to fetch a token say, never gets a status: neither does its caller, with
 * tracing or without. Its span ends all the same.
 */

const SHUTDOWN: number = connectivityState.SHUTDOWN;

const CHANNEL_CLOSED: CallOutcome = { code: status.UNAVAILABLE, details: 'Channel closed before call started' };

/** Whether the start of a call comes too late for grpc-js to tell its end: to be asked before the call is started. */
export function isTooLate({ ended, channel, deadline }: BaseClientCall): boolean {
  return ended || (channel.connectivityState === SHUTDOWN && Number(deadline) === Infinity);
}

/** The end of a call that is started too late. `cancelled` is what it was cancelled with, where that is known. */
export function endOfTooLate(base: BaseClientCall | undefined, cancelled: CallOutcome | undefined): CallOutcome {
  if (base?.ended === false) return CHANNEL_CLOSED;
  if (cancelled !== undefined) return cancelled;
  return Number(base?.deadline) <= Date.now()
    ? { code: status.DEADLINE_EXCEEDED, details: 'Deadline exceeded before the call started' }
    : { code: status.CANCELLED, details: 'Cancelled before the call started' };
}

/**
 * Calls `end` where a call ends before it is started, or can never be because its channel was closed.
 *
 * @returns what says that nobody waits any more
 */
export function onUnheardEnd(base: BaseClientCall, end: (outcome: CallOutcome) => void): () => void {
  base.addStatusWatcher((outcome) =>
    // Just before the listener would be told, for it may come until then.
    process.nextTick(() => {
      if (base.listener === null) end(outcome);
    }),
  );
  if (Number(base.deadline) !== Infinity) return () => undefined;
  return onClose(base.channel, () => {
    if (base.listener === null) end(CHANNEL_CLOSED);
  });
}

/** Who waits for a channel to close. One watcher a channel, for the channel has no way to take one back. */
const closings = new WeakMap<BaseChannel, Set<() => void>>();

function onClose(channel: BaseChannel, closed: () => void): () => void {
  const waiting = closings.get(channel) ?? new Set();
  waiting.add(closed);
  if (!closings.has(channel)) watch(channel, waiting);
  return () => waiting.delete(closed);
}

function watch(channel: BaseChannel, waiting: Set<() => void>): void {
  closings.set(channel, waiting);
  try {
    channel.watchConnectivityState(channel.connectivityState, Infinity, () => {
      closings.delete(channel);
      if (channel.connectivityState === SHUTDOWN) for (const closed of waiting) closed();
      else if (waiting.size > 0) watch(channel, waiting);
    });
  } catch (error) {
    report('the channel could not be watched', error);
  }
}
