import { isOurs, type VariantName } from './variant-names.js';

/** A variant, with this build of the package or with the other one. */
export interface Contestant {
  readonly variant: VariantName;
  /** The directory of the other build. */
  readonly lib?: string | undefined;
}

/** As the tables have it. */
export function nameOf({ variant, lib }: Contestant): string {
  return lib === undefined ? variant : `${variant} (${lib})`;
}

/** Each variant, and those of this package with the other build, too. */
export function contestants(variants: readonly VariantName[], lib: string | undefined): readonly Contestant[] {
  return variants.flatMap((variant): Contestant[] =>
    lib !== undefined && isOurs(variant) ? [{ variant }, { variant, lib }] : [{ variant }],
  );
}
