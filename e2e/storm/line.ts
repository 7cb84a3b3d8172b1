import * as grpc from '@grpc/grpc-js';
import { setTimeout as delay } from 'node:timers/promises';
import type { EchoClient } from '../../protos/types/test/Echo';
import { Echo } from '../../tools/echo.js';
import { MAX_SENT_BYTES, stormHandlers } from './handlers.js';
import { CuttingProxy } from './proxy.js';
import type { Random } from './random.js';

/** How often a killed server tries to get its port back, and how long it waits between. */
const BIND_ATTEMPTS = 200;
const BIND_PAUSE_MILLIS = 10;

/** What the storm's clients refuse to read. */
const MAX_RECEIVED_BYTES = 3000;

export interface Interceptors {
  readonly server: grpc.ServerInterceptor[];
  readonly client: grpc.Interceptor[];
}

/** One server that dies and comes back on its port, and two clients: one straight, one through a proxy that cuts. */
export class Line {
  restarts = 0;
  private server: grpc.Server;
  private proxy: CuttingProxy | undefined;
  private clients: EchoClient[] = [];
  private targets: string[] = [];
  private port = 0;
  private restarting: Promise<void> | undefined;

  constructor(private readonly interceptors: Interceptors) {
    this.server = this.newServer();
  }

  get cuts(): number {
    return this.proxy?.cuts ?? 0;
  }

  async open(): Promise<this> {
    this.port = await bind(this.server, 0);
    this.proxy = new CuttingProxy(this.port);
    this.targets = [`127.0.0.1:${this.port}`, `127.0.0.1:${await this.proxy.listen()}`];
    this.clients = this.targets.map((target) => this.newClient(target));
    return this;
  }

  client(random: Random): EchoClient {
    const [first, ...rest] = this.clients;
    if (first === undefined) throw new Error('the line is not open');
    return random.pick([first, ...rest]);
  }

  cutSocket(random: Random): void {
    this.proxy?.cut(random);
  }

  /** Kills the server with all its calls; resolves when it is back. */
  killServer(): Promise<void> {
    this.restarting ??= this.restart().finally(() => {
      this.restarting = undefined;
    });
    return this.restarting;
  }

  /** Closes a client, whose open calls go on, and makes another. */
  replaceClient(random: Random): void {
    const index = random.int(0, this.clients.length - 1);
    this.clients[index]?.close();
    this.clients[index] = this.newClient(this.targets[index] ?? '');
  }

  /** Resolves when the server is there. */
  async settled(): Promise<void> {
    await this.restarting;
  }

  async close(): Promise<void> {
    await this.settled();
    for (const client of this.clients) client.close();
    this.server.forceShutdown();
    await this.proxy?.close();
  }

  private async restart(): Promise<void> {
    this.server.forceShutdown();
    this.restarts++;
    for (let attempt = 1; ; attempt++) {
      // A server that could not bind is of no more use.
      this.server = this.newServer();
      try {
        await bind(this.server, this.port);
        return;
      } catch (error) {
        this.server.forceShutdown();
        if (attempt === BIND_ATTEMPTS) throw error;
        // The old listening socket is not closed yet.
        await delay(BIND_PAUSE_MILLIS);
      }
    }
  }

  private newServer(): grpc.Server {
    const server = new grpc.Server({
      'grpc.max_send_message_length': MAX_SENT_BYTES,
      interceptors: this.interceptors.server,
    });
    server.addService(Echo.service, stormHandlers);
    return server;
  }

  private newClient(target: string): EchoClient {
    return new Echo(target, grpc.credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
      'grpc.initial_reconnect_backoff_ms': 20,
      'grpc.min_reconnect_backoff_ms': 20,
      'grpc.max_reconnect_backoff_ms': 100,
      'grpc.max_receive_message_length': MAX_RECEIVED_BYTES,
      interceptors: this.interceptors.client,
    });
  }
}

function bind(server: grpc.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
}
