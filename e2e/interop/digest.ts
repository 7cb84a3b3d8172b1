import { createHash } from 'node:crypto';

/** A short name for these contents together, which changes when one of them does. */
export function digestOf(...contents: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('hex').slice(0, 12);
}
