/** For a program's environment: spans leave when it flushes them, and not because it takes seconds on a busy machine. */
export const SENT_WHEN_TOLD = { OTEL_BSP_SCHEDULE_DELAY: '600000' };
