import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of the repository. */
export const ROOT = join(__dirname, '..');

/** Where everything is installed: outside the repository, and kept for the next time. */
export const CACHE = join(process.env['XDG_CACHE_HOME'] ?? tmpdir(), 'grpc-js-opentelemetry');
