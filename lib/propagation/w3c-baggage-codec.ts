// Keys and values of W3C Baggage between text and wire. Section numbers are those of its Candidate Recommendation.

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/; // RFC 9110, section 5.6.2
const NOT_ASCII_ESCAPE = /%(?![0-7][0-9A-Fa-f])/;
const ESCAPES = /(?:%[0-9A-Fa-f]{2})+/g;
// Everything but `baggage-octet` (3.2.1) and the semicolon between properties.
const NOT_IN_PROPERTIES = /[^\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]+/gu;

/** Whether the text can be a key (3.2.1.2). */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Percent-encodes what is not unreserved, as `encodeURIComponent`; a lone surrogate becomes U+FFFD. */
export function encodeValue(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return encodeURIComponent(Buffer.from(value).toString());
  }
}

/**
 * The text of a value: octets that are not UTF-8 become U+FFFD (3.2.1.3), a `%` that begins no escape stays.
 */
export function decodeValue(text: string): string {
  if (!text.includes('%')) return text;
  // The faster way, but where an escape may be wrong it may throw, and throwing is the slowest of all.
  if (!NOT_ASCII_ESCAPE.test(text)) return decodeURIComponent(text);
  return text.replace(ESCAPES, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString());
}

/**
 * A key that W3C can carry goes as it is. Any other goes percent-encoded, as the JavaScript and Python SDKs do; the
 * result is a token.
 */
export function encodeKey(key: string): string {
  return isToken(key) ? key : encodeValue(key);
}

/**
 * The key that {@link encodeKey} has written. A token is its own key (3.2.1.2) unless it is exactly what a key would
 * be encoded as that could not go otherwise; so every token that comes in goes out unchanged.
 */
export function decodeKey(token: string): string {
  if (!token.includes('%')) return token;
  const key = decodeValue(token);
  return encodeKey(key) === token ? key : token;
}

/** Properties are opaque and stay encoded as they are; only what would break the header is percent-encoded (3.2.1.4). */
export function encodeProperties(properties: string): string {
  return properties.replace(NOT_IN_PROPERTIES, encodeValue);
}
