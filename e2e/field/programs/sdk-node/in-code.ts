// The interceptors are there before the SDK is.
import { calls } from './calls.js';
import './telemetry.js';

void calls();
