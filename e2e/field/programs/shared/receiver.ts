import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';

/** What an agent has sent to where its vendor would be. */
export interface Received {
  readonly path: string;
  readonly body: Uint8Array;
}

/** Stands where a vendor would. In a thread of its own, for an agent traces the servers of the thread that it is in. */
export class Receiver {
  private constructor(
    private readonly worker: Worker,
    /** Host and port. */
    readonly host: string,
  ) {}

  static async start(): Promise<Receiver> {
    const worker = new Worker(__filename);
    // The thread below says its host first, and at the end what it has received.
    const [host] = (await once(worker, 'message')) as [string];
    worker.unref();
    return new Receiver(worker, host);
  }

  /** Ends it, and gives what has come. */
  async end(): Promise<readonly Received[]> {
    this.worker.ref();
    this.worker.postMessage('end');
    const [received] = (await once(this.worker, 'message')) as [readonly Received[]];
    await this.worker.terminate();
    return received;
  }
}

async function receive(): Promise<void> {
  const all: Received[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((sent) => {
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
      all.push({ path: request.url ?? '', body });
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // The cast: address() of a server that listens on a port is never a string or null.
  const { port } = server.address() as AddressInfo;
  parentPort?.once('message', () => parentPort?.postMessage(all));
  parentPort?.postMessage(`127.0.0.1:${port}`);
}

if (!isMainThread) void receive();
