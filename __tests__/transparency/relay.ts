import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between a client and a server, so that their connection can be cut or frozen. */
export class Relay {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private refusing = 0;
  private frozen = false;

  constructor(private readonly targetPort: () => number) {}

  /** Listens; the first `refusing` connections are cut at once. */
  async listen(refusing: number): Promise<number> {
    this.refusing = refusing;
    this.server = createServer((socket) => this.accept(socket)).listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    // The cast: address() of a server that listens on a port is never a string or null.
    return (this.server.address() as AddressInfo).port;
  }

  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  freeze(): void {
    this.frozen = true;
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  /** A frozen socket never learns that the other end is gone. */
  thaw(): void {
    if (this.frozen) this.cut();
  }

  close(): void {
    this.cut();
    this.server?.close();
  }

  private accept(client: Socket): void {
    if (this.refusing-- > 0) {
      client.destroy();
      return;
    }
    const server = connect(this.targetPort(), '127.0.0.1');
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(one);
      one.pipe(other);
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  }
}
