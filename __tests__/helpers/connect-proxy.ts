import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** An HTTP proxy for CONNECT that leads to one port of this machine, whoever is asked for. */
export class ConnectProxy {
  /** What was asked for, and with which credentials. */
  readonly asked: { readonly target: string | undefined; readonly credentials: string | undefined }[] = [];
  /** Whether it lets anybody through. */
  open = true;
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer();

  constructor(upstream: number) {
    this.server.on('connection', (socket) => this.sockets.add(socket));
    this.server.on('connect', ({ url, headers }, client) => {
      this.asked.push({ target: url, credentials: headers['proxy-authorization'] });
      client.on('error', () => undefined);
      if (!this.open) {
        client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        return;
      }
      const socket = connect(upstream, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.pipe(client).pipe(socket);
      });
      this.sockets.add(socket);
      socket.on('error', () => client.destroy());
    });
  }

  async listen(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get port(): number {
    // The cast: address() of a server that listens on a port is never a string or null.
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}
