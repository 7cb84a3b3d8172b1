import { isIP, isIPv4, isIPv6 } from 'node:net';

/** One end of a connection. A UNIX socket has a path for its address and no port. */
export interface Address {
  readonly address: string;
  readonly port?: number;
}

/** What an application has written as the target of a channel. */
export interface Target extends Address {
  /** User information that stood in it, `user:password`: it is in nothing that leaves this package. */
  readonly userInfo?: string;
}

const MAX_PORT = 65_535;
const DIGITS = /^\d+$/;

/**
 * What a channel's target says about the server, per the table of gRPC name resolution:
 * https://github.com/grpc/grpc/blob/master/doc/naming.md. A target that names no single address, or that is of another
 * scheme, is its own address. Takes what the application wrote as well as what grpc-js makes of it. Never throws.
 *
 * Nothing is percent-decoded, since grpc-js does not.
 */
export function parseTarget(target: string): Target {
  // grpc-js puts `dns:` before whatever has no scheme that it knows, `xds:` and `unix-abstract:` included.
  const rest = target.startsWith('dns:') && !target.startsWith('dns:/') ? target.slice('dns:'.length) : target;
  const written = rest === '' ? target : rest;
  const userInfo = userInfoIn(written);
  if (userInfo === undefined) return parseWritten(written) ?? { address: written };
  const shown = written.replace(`${userInfo}@`, '');
  return { ...(parseWritten(shown) ?? { address: shown || NO_HOST }), userInfo };
}

/** Of a target that is nothing but a user: grpc-js's own word for what it does not know. */
const NO_HOST = 'unknown';

/** Of a socket's path or name, an `@` is a part. */
const PATHS = /^unix(?:-abstract)?:/;

/**
 * All that stands before the last `@`, behind a scheme and an authority that has none: rather too much than a part of a
 * password. What has no scheme that is known may begin with a user, `me:secret@host`.
 */
const USER_INFO = /^(?:(?:dns|ipv4|ipv6|[a-z][a-z0-9+.-]*(?=:\/)):)?(?:\/\/[^/@]*\/|\/*)(.+)@/i;

function userInfoIn(target: string): string | undefined {
  return PATHS.test(target) ? undefined : USER_INFO.exec(target)?.[1];
}

function parseWritten(target: string): Address | undefined {
  const colon = target.indexOf(':');
  const path = target.slice(colon + 1);
  switch (target.slice(0, Math.max(colon, 0))) {
    case 'dns':
      // Of the form without slashes only the rest comes here.
      return path.startsWith('//') ? parseHostPort(withoutAuthority(path)) : undefined;
    case 'ipv4':
      return parseIp(path, isIPv4);
    case 'ipv6':
      return parseIp(path, isIPv6);
    case 'unix':
      return parseUnixPath(path);
    case 'unix-abstract':
      return path === '' ? undefined : { address: path };
    default:
      return parseHostPort(target);
  }
}

/** A list of addresses names no single server. */
function parseIp(path: string, isOfFamily: (host: string) => boolean): Address | undefined {
  const address = parseHostPort(withoutAuthority(path));
  return address !== undefined && isOfFamily(address.address) ? address : undefined;
}

function parseUnixPath(path: string): Address | undefined {
  if (path.startsWith('///')) return { address: path.slice(2) };
  // A socket is on this machine, so there is no authority to ask.
  return path === '' || path.startsWith('//') ? undefined : { address: path };
}

/**
 * The host part of an HTTP/2 `:authority`, which is the name that the caller knows this server by. Undefined for none
 * and for what is not an authority. User information is dropped: RFC 9113, section 8.3.1, forbids it, and it may hold a
 * password.
 */
export function parseAuthority(authority: string | undefined): Address | undefined {
  return authority === undefined ? undefined : parseHostPort(authority.slice(authority.lastIndexOf('@') + 1));
}

/**
 * The remote end, from what grpc-js's `getPeer()` prints: `127.0.0.1:1234`; an IPv6 address as `[::1]:1234` on the
 * client and as `::1:1234` on the server; on the client, the path of a UNIX socket. Undefined where it prints `unknown`,
 * or the channel's target because there is no peer yet.
 */
export function parsePeer(peer: string): Address | undefined {
  if (peer === 'unknown' || peer === '') return undefined;
  const endpoint = parseEndpoint(peer);
  if (endpoint !== undefined) return endpoint;
  // A target has a scheme, a path has none: RFC 3986, section 3.1, lets no slash come before the colon.
  const colon = peer.indexOf(':');
  return colon === -1 || peer.slice(0, colon).includes('/') ? { address: peer } : undefined;
}

/** An IP address that stands before the last colon, with or without its brackets; else one without a port. */
function parseEndpoint(peer: string): Address | undefined {
  const colon = peer.lastIndexOf(':');
  const host = peer.slice(0, Math.max(colon, 0));
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  // Asked first, because `::1:1234` is an IPv6 address too.
  if (isIP(bare) !== 0) return withPort(bare, peer.slice(colon + 1));
  return isIP(peer) === 0 ? undefined : { address: peer };
}

/** `//authority/path` → `path`: the authority of a target is who to ask, not who is asked for. */
function withoutAuthority(path: string): string {
  const slash = path.startsWith('//') ? path.indexOf('/', 2) : -1;
  return path.slice(slash + 1);
}

/** `host`, `host:port`, `[IPv6]`, `[IPv6]:port`, or an IPv6 address that is without both; anything else is no address. */
function parseHostPort(text: string): Address | undefined {
  if (text.includes('/')) return undefined;
  if (text.startsWith('[')) return parseBracketed(text);
  const colon = text.indexOf(':');
  if (colon === -1) return text === '' ? undefined : { address: text };
  if (colon !== text.lastIndexOf(':')) return isIPv6(text) ? { address: text } : undefined;
  return withPort(text.slice(0, colon), text.slice(colon + 1));
}

function parseBracketed(text: string): Address | undefined {
  const end = text.indexOf(']');
  const host = text.slice(1, Math.max(end, 1));
  if (!isIPv6(host)) return undefined;
  const rest = text.slice(end + 1);
  if (rest === '') return { address: host };
  return rest.startsWith(':') ? withPort(host, rest.slice(1)) : undefined;
}

function withPort(address: string, digits: string): Address | undefined {
  const port = DIGITS.test(digits) ? Number(digits) : MAX_PORT + 1;
  return address === '' || port > MAX_PORT ? undefined : { address, port };
}
