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

const OTHER_BASES: Readonly<Partial<Record<VariantName, VariantName>>> = {
  'nice-grpc': 'nice-grpc',
  'nice-grpc + middleware': 'nice-grpc',
};

/** What a variant's cost is told over. */
export function baseOf(name: VariantName): VariantName {
  return OTHER_BASES[name] ?? 'bare';
}

/** Another variant that it adds something to. */
export const ON_TOP_OF: Readonly<Partial<Record<VariantName, VariantName>>> = { 'ours + metrics': 'ours' };

/** @throws TypeError for what is none of them. */
export function variantNameOf(text: string): VariantName {
  const name = VARIANT_NAMES.find((known) => known === text);
  if (name === undefined) throw new TypeError(`no variant: ${text}`);
  return name;
}
