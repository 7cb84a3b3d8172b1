import { join } from 'node:path';
import { ROOT } from '../matrix/places.js';

/** The sources of the peers, in a directory for each language. */
export const PEERS = join(ROOT, 'interop/peers');

/** What every peer serves. */
export const ECHO_PROTO = join(ROOT, 'protos/echo.proto');
