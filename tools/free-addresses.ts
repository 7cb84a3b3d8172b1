import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Free addresses of the loopback, by name: for programs that must be told theirs, as they do not say which they got. */
export async function freeAddresses<Name extends string>(
  ...names: readonly Name[]
): Promise<Readonly<Record<Name, string>>> {
  const servers = names.map(() => createServer().listen(0, '127.0.0.1'));
  // All are held until the last is known, so that no port comes twice.
  await Promise.all(servers.map((server) => once(server, 'listening')));
  // The cast: address() of a server that listens on a port is never a string or null.
  const addresses = servers.map((server) => `127.0.0.1:${(server.address() as AddressInfo).port}`);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  // The cast: there is one address for each name.
  return Object.fromEntries(names.map((name, index) => [name, addresses[index]])) as Record<Name, string>;
}
