import type { Metadata } from '@grpc/grpc-js';
import type { Attributes } from '@opentelemetry/api';

/** Puts the values of chosen metadata keys into attributes. */
export type CaptureMetadata = (metadata: Metadata, attributes: Attributes) => void;

/**
 * Makes the capture of some keys. Names are made once; a key that is not there gives no attribute, one that is gives an
 * array for each of its names, binary values in base64.
 */
export function captureOf(
  keys: readonly string[] | undefined,
  attributeNames: readonly ((key: string) => string)[],
): CaptureMetadata | undefined {
  if (keys === undefined || keys.length === 0) return undefined;
  const wanted = new Map(
    keys.map((written) => {
      const key = written.toLowerCase();
      return [key, attributeNames.map((nameOf) => nameOf(key))];
    }),
  );
  return (metadata, attributes) => {
    for (const [key, names] of wanted) {
      const values = metadata.get(key);
      if (values.length === 0) continue;
      const shown = values.map((value) => (typeof value === 'string' ? value : value.toString('base64')));
      for (const name of names) attributes[name] = shown;
    }
  };
}
