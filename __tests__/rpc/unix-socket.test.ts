import { credentials, Server, ServerCredentials, status } from '@grpc/grpc-js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tracingClientInterceptor, tracingServerInterceptor } from '../../lib/index.js';
import { Echo } from '../../tools/echo.js';
import { invoke } from '../../tools/invoke.js';
import { echoHandlers } from '../helpers/echo-handlers.js';
import { Telemetry } from '../helpers/telemetry.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'echo-'));
});

afterEach(() => rm(directory, { recursive: true }));

it('a UNIX socket is an address without a port, on both sides', async () => {
  const path = join(directory, 's');
  const telemetry = new Telemetry();
  const tracing = { tracerProvider: telemetry.provider };
  const server = new Server({ interceptors: [tracingServerInterceptor(tracing)] });
  server.addService(Echo.service, echoHandlers);
  await promisify(server.bindAsync.bind(server))(`unix:${path}`, ServerCredentials.createInsecure());
  const client = new Echo(`unix:${path}`, credentials.createInsecure(), {
    interceptors: [tracingClientInterceptor(tracing)],
  });

  expect((await invoke(client, 'Unary').result).code).toBe(status.OK);
  const spans = await telemetry.spans(2);
  client.close();
  server.forceShutdown();

  const common = { 'rpc.system.name': 'grpc', 'rpc.method': 'test.Echo/Unary', 'rpc.status_code': 'OK' };
  const attributes = spans.toSorted((a, b) => a.kind - b.kind).map((span) => span.attributes);
  expect(attributes).toEqual([
    // Node says nothing of the client's end of such a socket, and grpc-js's client calls the authority so.
    { ...common, 'server.address': 'localhost' },
    { ...common, 'server.address': path, 'network.peer.address': path },
  ]);
});
