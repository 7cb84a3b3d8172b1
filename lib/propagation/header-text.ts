const TAB = 0x09;
const SPACE = 0x20;

/**
 * No more than this of a header is read, in characters: eight times what W3C Baggage lets through. A stranger's
 * megabyte costs no more than this does. W3C Trace Context, 3.2.4: "only disallow prohibitively large headers".
 */
export const MAX_READ = 65_536;

function isOws(code: number): boolean {
  return code === SPACE || code === TAB;
}

/**
 * The text without its leading and trailing optional white space: spaces and tabs, RFC 9110 section 5.6.3. Narrower than
 * `String.prototype.trim`, which also takes line breaks and the white space of Unicode.
 */
export function trimOws(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isOws(text.charCodeAt(start))) start++;
  while (end > start && isOws(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/**
 * A header whose value is a list, several of them joined in their order (RFC 9110, section 5.3), up to {@link MAX_READ};
 * a member that lies across that border is left out whole.
 */
export function listText(header: string | string[] | undefined): string {
  const text = Array.isArray(header) ? header.join(',') : header;
  // A getter in plain JavaScript may give anything.
  const list = typeof text === 'string' ? text : '';
  return list.length <= MAX_READ ? list : list.slice(0, Math.max(list.lastIndexOf(',', MAX_READ), 0));
}
