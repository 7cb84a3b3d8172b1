import { captureOf, type CaptureMetadata } from '../conventions/metadata-capture.js';
import { hintCredentials } from '../signals/hints.js';

/** Keys of metadata that hold what lets one act as another, by how they end: `x-goog-api-key` is one, `page-token` is none. */
const CREDENTIAL = /(^|-)(authorization|cookie|api-?key|(access|auth|authorization|security)-token)$/i;

/**
 * A capture that tells which credentials it takes out of the process, at the first call that it is for: when the interceptor
 * is made, there may be no logger yet.
 */
export function toldCaptureOf(
  keys: readonly string[] = [],
  attributeNames: Parameters<typeof captureOf>[1],
): CaptureMetadata | undefined {
  const capture = captureOf(keys, attributeNames);
  const named = keys.filter((key) => CREDENTIAL.test(key));
  if (capture === undefined || named.length === 0) return capture;
  return (metadata, attributes) => {
    hintCredentials(named);
    capture(metadata, attributes);
  };
}
