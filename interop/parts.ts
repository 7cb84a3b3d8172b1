import type { Part } from './part.js';

/** In the order in which they run. */
export const PARTS: readonly Part[] = [];
