export const SAMPLINGS = ['sampled', 'unsampled', 'no SDK'] as const;

/** Whether spans are recorded: all of them, none of them, or there is no SDK. */
export type Sampling = (typeof SAMPLINGS)[number];

/** @throws TypeError for what is none of them. */
export function samplingOf(text: string): Sampling {
  const sampling = SAMPLINGS.find((known) => known === text);
  if (sampling === undefined) throw new TypeError(`no sampling: ${text}`);
  return sampling;
}
