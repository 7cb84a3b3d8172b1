import { runIsolation } from '../shared/sentry/run-isolation.js';

void runIsolation(() => import('./instrument.js'));
