import { readFileSync } from 'node:fs';
import type { BenchDocument } from '../document.js';

/** Reads what `npm run bench -- --json` has written. @throws TypeError for what is clearly something else. */
export function readDocument(path: string): BenchDocument {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof value !== 'object' || value === null || !('measurements' in value) || !Array.isArray(value.measurements)) {
    throw new TypeError(`${path} is not what npm run bench -- --json writes`);
  }
  // Written by this benchmark, from this type.
  return value as BenchDocument;
}
