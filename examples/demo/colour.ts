/** The three that the view uses, as SGR codes. */
const CODES = { dim: 2, red: 31, yellow: 33 } as const;

export type Colour = keyof typeof CODES;

export function paint(text: string, colour: Colour | undefined): string {
  return colour === undefined ? text : `\u001b[${CODES[colour]}m${text}\u001b[0m`;
}

/** Only on a terminal, unless the usual variables decide: FORCE_COLOR beats NO_COLOR, as in Node itself. */
export function wantsColour(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  return stream.isTTY === true && env.TERM !== 'dumb';
}
