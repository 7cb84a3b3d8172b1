import express from 'express';
import fastify from 'fastify';
import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { inCallersContext } from './extracted.js';

/** What answers each request. */
export type Handler = () => Promise<unknown>;

export interface WebServer {
  readonly url: string;
  close(): Promise<void>;
}

type Framework = (handler: Handler, extracts: boolean) => Promise<WebServer>;

async function listen(listener: RequestListener): Promise<WebServer> {
  const server = createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // The cast: address() of a server that listens on a port is never a string or null.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

export const FRAMEWORKS: Readonly<Record<string, Framework>> = {
  async fastify(handler, extracts) {
    const server = fastify({ forceCloseConnections: true });
    if (extracts) server.addHook('onRequest', inCallersContext);
    server.get('/', handler);
    return { url: await server.listen({ host: '127.0.0.1', port: 0 }), close: () => server.close() };
  },
  express(handler, extracts) {
    const app = express();
    if (extracts) app.use(inCallersContext);
    app.get('/', async (_, response) => {
      response.json(await handler());
    });
    return listen(app);
  },
};
