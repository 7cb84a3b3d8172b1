import { runWithSentry } from '../shared/sentry/run.js';

void runWithSentry(() => import('./instrument.js'));
