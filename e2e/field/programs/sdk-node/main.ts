import { calls } from './calls.js';

void calls();
