import { join } from 'node:path';
import { ROOT } from '../../tools/places.js';

/** The sources of the peers, in a directory for each language. */
export const PEERS = join(ROOT, 'e2e/interop/peers');

/** What every peer serves. */
export const ECHO_PROTO = join(ROOT, 'protos/echo.proto');
