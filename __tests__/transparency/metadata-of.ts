import { Metadata } from '@grpc/grpc-js';

export function metadataOf(entries: Readonly<Record<string, readonly (string | Buffer)[]>>): Metadata {
  const metadata = new Metadata();
  for (const [key, values] of Object.entries(entries)) for (const value of values) metadata.add(key, value);
  return metadata;
}
