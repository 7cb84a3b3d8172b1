import type { ErrorEvents } from './options.js';

/** Where a failure goes, by what the option says. */
export const ERROR_EVENTS: Readonly<Record<ErrorEvents, { readonly span: boolean; readonly logs: boolean }>> = {
  span: { span: true, logs: false },
  logs: { span: false, logs: true },
  dup: { span: true, logs: true },
  none: { span: false, logs: false },
};
