import { join } from 'node:path';
import { ROOT } from '../../tools/places.js';

/** Whose dashboard and rules are tried, as they are. */
export const EXAMPLE = join(ROOT, 'examples/dashboard');
