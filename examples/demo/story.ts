import { MARKS } from './mark.js';

/** What to look at in the trace of a visit that was not interrupted. */
export const STORY = [
  `${MARKS.failed} failed: the translator lacks a dictionary, and the greeter passes that on.`,
  `${MARKS.cancelled} cancelled: the frontend has heard enough, which ends the calls below it too.`,
] as const;
