/** Long after everything else that a call's timers may be for. */
const LENGTH_MILLIS = 10_000;

/**
 * Lets the tests of a file say when a deadline passes: a short one may, on a busy machine, pass before its call is where
 * the test wants it. From the first deadline to the end of the test timers stand still, those of Node's sockets excepted.
 */
export function useDeadlines(): { next(): number; pass(): void; nextOfClient(): number; passOnClient(): void } {
  afterEach(() => {
    jest.useRealTimers();
  });
  const next = (): number => {
    jest.useFakeTimers({
      doNotFake: [
        'hrtime',
        'nextTick',
        'performance',
        'queueMicrotask',
        'setImmediate',
        'clearImmediate',
        'setInterval',
        'clearInterval',
      ],
    });
    return Date.now() + LENGTH_MILLIS;
  };
  return {
    /** A deadline that passes when the test says so. */
    next,
    /** On both sides. */
    pass() {
      jest.advanceTimersByTime(LENGTH_MILLIS);
    },
    /** One that the client notices before the server: its timer counts whole milliseconds, gRPC's header rounds up. */
    nextOfClient: () => next() - 0.5,
    /** On the client alone, so that the server learns of it by a reset stream. */
    passOnClient() {
      jest.advanceTimersByTime(LENGTH_MILLIS - 1);
    },
  };
}
