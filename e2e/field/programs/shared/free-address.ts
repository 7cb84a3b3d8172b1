import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A free address of the loopback, for a library that does not tell which port its server got. */
export async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // The cast: address() of a server that listens on a port is never a string or null.
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return `127.0.0.1:${port}`;
}
