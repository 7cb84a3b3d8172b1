import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Random } from './random.js';

/** Passes bytes between clients and a server's port, until it is told to cut. */
export class CuttingProxy {
  /** How many connections were cut. */
  cuts = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor(private readonly backendPort: number) {
    this.server = createServer((socket) => this.pass(socket));
  }

  /** @returns the proxy's port on the loopback. */
  async listen(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    // The cast: address() of a server that listens on a port is never a string or null.
    return (this.server.address() as AddressInfo).port;
  }

  /** Destroys one end of a connection: the other one sees a reset or an end, as when a network breaks. */
  cut(random: Random): void {
    const [first, ...rest] = this.sockets;
    if (first === undefined) return;
    this.cuts++;
    const socket = random.pick([first, ...rest]);
    if (random.chance(0.5)) socket.resetAndDestroy();
    else socket.destroy();
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private pass(client: Socket): void {
    const backend = connect(this.backendPort, '127.0.0.1');
    this.join(client, backend);
    this.join(backend, client);
  }

  private join(from: Socket, to: Socket): void {
    this.sockets.add(from);
    // 'close' follows, and takes the other end along.
    from.on('error', () => undefined);
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
    from.setNoDelay(true);
    from.pipe(to);
  }
}
