import { version } from '../../../package.json';
import type { PlainScope } from '../../helpers/plain-scope.js';
import type { Mode } from './outcomes.js';

/** What spans, metrics and records say of who made them: one schema is followed by one mode alone. */
export function goldenScope(mode: Mode): PlainScope {
  const schemaUrl = { stable: 'https://opentelemetry.io/schemas/1.45.0', dup: undefined, old: undefined }[mode];
  return { name: 'grpc-js-opentelemetry', version, schemaUrl };
}
