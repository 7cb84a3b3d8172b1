/** In the order of the tables. */
export const VARIANT_NAMES = [
  'bare',
  'bare again',
  'empty interceptors',
  'header alone',
  'spans alone',
  'by hand',
  'ours',
  'ours + metrics',
  'auto',
  'nice-grpc',
  'nice-grpc + middleware',
] as const;

export type VariantName = (typeof VARIANT_NAMES)[number];

/** @throws TypeError for what is none of them. */
export function variantNameOf(text: string): VariantName {
  const name = VARIANT_NAMES.find((known) => known === text);
  if (name === undefined) throw new TypeError(`no variant: ${text}`);
  return name;
}
