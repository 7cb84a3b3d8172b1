import type { Load } from './load.js';
import type { Sampling } from './sampling.js';

/** What variants are compared in. */
export interface Setting {
  /** The version. */
  readonly node: string;
  /** The major. */
  readonly sdk: SdkMajor;
  readonly sampling: Sampling;
  readonly load: Load;
  readonly inFlight: number;
  /** Of a slice. */
  readonly calls: number;
}

export const SDK_MAJORS = [2, 3] as const;

export type SdkMajor = (typeof SDK_MAJORS)[number];

/** @throws TypeError for what is none of them. */
export function sdkMajorOf(text: string): SdkMajor {
  const major = SDK_MAJORS.find((known) => String(known) === text);
  if (major === undefined) throw new TypeError(`no SDK: ${text}`);
  return major;
}

/** The oldest Node that SDK 3 runs on. */
const OLDEST_FOR_SDK_3 = [22, 15] as const;

export function runsOn(sdk: SdkMajor, node: string): boolean {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_FOR_SDK_3;
  return sdk === 2 || major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
