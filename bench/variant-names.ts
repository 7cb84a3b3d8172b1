import type { Sampling } from './sampling.js';

/** In the order of the tables. */
export const VARIANT_NAMES = [
  'bare',
  'bare again',
  'empty interceptors',
  'header alone',
  'spans alone',
  'records alone',
  'by hand',
  'by hand, client only',
  'by hand, server only',
  'ours',
  'ours, client only',
  'ours, server only',
  'ours + metrics',
  'auto',
] as const;

export type VariantName = (typeof VARIANT_NAMES)[number];

/** How many spans a call leaves. */
export const SPANS_PER_CALL: Readonly<Record<VariantName, 0 | 1 | 2>> = {
  bare: 0,
  'bare again': 0,
  'empty interceptors': 0,
  'header alone': 0,
  'spans alone': 2,
  'records alone': 0,
  'by hand': 2,
  'by hand, client only': 1,
  'by hand, server only': 1,
  ours: 2,
  'ours, client only': 1,
  'ours, server only': 1,
  'ours + metrics': 2,
  auto: 2,
};

/** They do nothing but what the SDK does. */
const OF_THE_SDK: readonly VariantName[] = ['spans alone', 'records alone', 'ours + metrics'];

/** Whether there is anything to measure. */
export function isMeasured(name: VariantName, sampling: Sampling): boolean {
  return sampling !== 'no SDK' || !OF_THE_SDK.includes(name);
}

/** Whether another build of this package is another variant. */
export function isOurs(name: VariantName): boolean {
  return name.startsWith('ours');
}

/** What code by hand is there to compare with: on the same side, if it is one. */
export const BY_HAND_OF: Readonly<Partial<Record<VariantName, VariantName>>> = {
  ours: 'by hand',
  'ours, client only': 'by hand, client only',
  'ours, server only': 'by hand, server only',
  'ours + metrics': 'by hand',
  auto: 'by hand',
};

/** @throws TypeError for what is none of them. */
export function variantNameOf(text: string): VariantName {
  const name = VARIANT_NAMES.find((known) => known === text);
  if (name === undefined) throw new TypeError(`no variant: ${text}`);
  return name;
}
