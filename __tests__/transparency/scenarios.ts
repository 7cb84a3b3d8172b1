import type { Scenario } from './scenario.js';
import { CHAINS } from './scenarios-chains.js';
import { CONNECTED } from './scenarios-connections.js';
import { CREDENTIALS } from './scenarios-credentials.js';
import { ENDINGS } from './scenarios-endings.js';
import { MESSAGES } from './scenarios-messages.js';
import { OUTCOMES } from './scenarios-outcomes.js';
import { RAW_PEERS } from './scenarios-raw-peers.js';

/** Every scenario, in one list. */
export const SCENARIOS: readonly Scenario[] = [
  ...OUTCOMES,
  ...MESSAGES,
  ...ENDINGS,
  ...CREDENTIALS,
  ...CONNECTED,
  ...CHAINS,
  ...RAW_PEERS,
];
