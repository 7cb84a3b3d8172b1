const TAB = 0x09;
const SPACE = 0x20;

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
