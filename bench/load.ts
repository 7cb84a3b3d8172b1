const LOAD = /^(?:unary|(?:server stream|bidi) of [1-9]\d*)$/;

/** What one call of the load is. A bidi call sends as many messages as it gets. */
export type Load = 'unary' | `server stream of ${number}` | `bidi of ${number}`;

function isLoad(text: string): text is Load {
  return LOAD.test(text);
}

/** @throws TypeError for what is no load. */
export function loadOf(text: string): Load {
  if (!isLoad(text)) throw new TypeError(`no load: ${text}`);
  return text;
}

/** Messages of one call, in one direction. */
export function messagesOf(load: Load): number {
  return Number(load.split(' of ')[1] ?? 1);
}
