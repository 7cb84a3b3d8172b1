/** Who made spans, metrics or records, and which schema they follow. */
export interface PlainScope {
  readonly name: string;
  readonly version: string | undefined;
  readonly schemaUrl: string | undefined;
}
