import * as grpc from '@grpc/grpc-js';
import {
  tracingChannel,
  tracingClientInterceptor,
  tracingServerInterceptor,
  type ClientTracingOptions,
  type ServerTracingOptions,
} from '../../lib/index.js';
import type { EchoClient, EchoHandlers } from '../../protos/types/test/Echo';
import { Echo } from '../../tools/echo.js';
import { echoHandlers } from './echo-handlers.js';
import { DiagLog, Telemetry } from './telemetry.js';

export type EchoMethods = Partial<Pick<EchoHandlers, 'Unary' | 'ClientStream' | 'ServerStream' | 'Bidi'>>;

/** What traces the calls of a client: an interceptor, or the channel that it is made with, below all interceptors. */
export const CLIENT_TRACING = ['interceptor', 'channel'] as const;

export interface EchoSetup {
  readonly handlers?: EchoMethods;
  /** Adds the service, as other stubs define it. Default: proto-loader's, with the handlers. */
  readonly addService?: (server: grpc.Server) => void;
  readonly serverTracing?: ServerTracingOptions;
  readonly clientTracing?: ClientTracingOptions;
  /** Default: an interceptor. */
  readonly clientTracedBy?: (typeof CLIENT_TRACING)[number];
  readonly serverOptions?: grpc.ServerOptions;
  readonly clientOptions?: grpc.ClientOptions;
  /** Where tracing stands among the interceptors. Default: alone. */
  readonly serverChain?: (tracing: grpc.ServerInterceptor) => grpc.ServerInterceptor[];
  readonly clientChain?: (tracing: grpc.Interceptor) => grpc.Interceptor[];
  readonly serverTelemetry?: Telemetry;
  readonly clientTelemetry?: Telemetry;
}

/** A real server on a free port and a real client, each with telemetry of its own. */
export class EchoRig {
  readonly serverTelemetry: Telemetry;
  readonly clientTelemetry: Telemetry;
  readonly server: grpc.Server;
  readonly clientInterceptors: grpc.Interceptor[];
  port = 0;
  private readonly clients: EchoClient[] = [];
  private readonly clientOptions: grpc.ClientOptions;
  private firstClient: EchoClient | undefined;

  constructor(setup: EchoSetup) {
    this.serverTelemetry = setup.serverTelemetry ?? new Telemetry();
    this.clientTelemetry = setup.clientTelemetry ?? new Telemetry();
    const serverTracing = tracingServerInterceptor({
      tracerProvider: this.serverTelemetry.provider,
      ...setup.serverTracing,
    });
    const clientOptions = { tracerProvider: this.clientTelemetry.provider, ...setup.clientTracing };
    const clientTracing = tracingClientInterceptor(clientOptions);
    this.server = new grpc.Server({
      ...setup.serverOptions,
      interceptors: setup.serverChain?.(serverTracing) ?? [serverTracing],
    });
    if (setup.addService) setup.addService(this.server);
    else this.server.addService(Echo.service, { ...echoHandlers, ...setup.handlers });
    const clientChain = setup.clientChain?.(clientTracing) ?? [clientTracing];
    const byChannel = setup.clientTracedBy === 'channel';
    this.clientInterceptors = byChannel ? clientChain.filter((it) => it !== clientTracing) : clientChain;
    const channelFactoryOverride: grpc.ClientOptions['channelFactoryOverride'] = (...args) =>
      tracingChannel(new grpc.Channel(...args), clientOptions);
    this.clientOptions = { ...(byChannel && { channelFactoryOverride }), ...setup.clientOptions };
  }

  async listen(): Promise<this> {
    this.port = await new Promise<number>((resolve, reject) => {
      this.server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error) reject(error);
        else resolve(port);
      });
    });
    return this;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** The rig's own client, made at its first use. */
  get client(): EchoClient {
    this.firstClient ??= this.newClient();
    return this.firstClient;
  }

  /** Another client, with a connection of its own; closed with the rig. */
  newClient(target: string = this.address, options: grpc.ClientOptions = {}): EchoClient {
    const client = new Echo(target, grpc.credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
      interceptors: this.clientInterceptors,
      ...this.clientOptions,
      ...options,
    });
    this.clients.push(client);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.close();
    this.server.forceShutdown();
    await Promise.all([this.serverTelemetry.allEnded(), this.clientTelemetry.allEnded()]);
  }
}

/**
 * Gives a test file rigs that are closed after each test. Then every span that was started must have ended, once, and
 * `diag` must not have been told anything that the test did not take.
 */
export function useEcho(): { start(setup?: EchoSetup): Promise<EchoRig>; takeDiagLines(): string[] } {
  const rigs: EchoRig[] = [];
  let log = DiagLog.install();
  beforeEach(() => {
    log = DiagLog.install();
  });
  afterEach(async () => {
    for (const rig of rigs.splice(0)) {
      await rig.close();
      for (const telemetry of [rig.serverTelemetry, rig.clientTelemetry]) {
        expect(telemetry.ended).toHaveLength(telemetry.startedCount);
      }
    }
    expect(log.lines).toEqual([]);
  });
  return {
    async start(setup: EchoSetup = {}): Promise<EchoRig> {
      const rig = new EchoRig(setup);
      rigs.push(rig);
      return rig.listen();
    },
    takeDiagLines: () => log.lines.splice(0),
  };
}
