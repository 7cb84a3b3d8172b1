/** In the order of the tables. */
export const VARIANT_NAMES = [
  'bare',
  'bare again',
  'empty interceptors',
  'header alone',
  'by hand',
  'ours',
  'ours + metrics',
  'auto',
  'nice-grpc',
  'nice-grpc + middleware',
] as const;

export type VariantName = (typeof VARIANT_NAMES)[number];
