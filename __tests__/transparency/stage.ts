import * as grpc from '@grpc/grpc-js';
import { tracingClientInterceptor, tracingServerInterceptor } from '../../lib/index.js';
import type { EchoClient } from '../../protos/types/test/Echo';
import { Echo } from '../../tools/echo.js';
import { Telemetry } from '../helpers/telemetry.js';
import { callAndRecord, type ClientRun } from './client-script.js';
import type { Mode } from './modes.js';
import { rawCall, RawServer } from './raw-peers.js';
import { applicationStorage, Recorder, type RunRecord } from './recorder.js';
import { Relay } from './relay.js';
import type { Moment, Scenario } from './scenario.js';
import { serverHandlers } from './server-script.js';

export interface Run {
  readonly record: RunRecord;
  /** How many spans were started; all of them have ended. */
  readonly spans: number;
}

/** Plays a scenario on real sockets, without tracing where there is no mode, and closes all that it opened. */
export async function play(scenario: Scenario, mode?: Mode, recorder = new Recorder()): Promise<Run> {
  const stage = new Stage(scenario, mode, recorder);
  await stage.open();
  try {
    await stage.play();
  } finally {
    await stage.close();
  }
  return { record: recorder.record(), spans: await stage.endedSpans() };
}

class Stage {
  private readonly telemetry: readonly [client: Telemetry, server: Telemetry];
  private readonly server: grpc.Server;
  private readonly rawServer = new RawServer();
  private readonly relay = new Relay(() => this.serverPort);
  private readonly happenedAlready = new Set<Moment>();
  private client: EchoClient | undefined;
  private run: ClientRun | undefined;
  private serverPort = 0;

  constructor(
    private readonly scenario: Scenario,
    private readonly mode: Mode | undefined,
    private readonly recorder: Recorder,
  ) {
    this.telemetry = [mode?.telemetry() ?? new Telemetry(), mode?.telemetry() ?? new Telemetry()];
    const { serverChain = (tracing: grpc.ServerInterceptor[]) => tracing, serverOptions } = scenario.setup ?? {};
    const tracing = mode
      ? [tracingServerInterceptor({ tracerProvider: this.telemetry[1].provider, ...mode.server() })]
      : [];
    this.server = new grpc.Server({ ...serverOptions, interceptors: serverChain(tracing, recorder) });
    this.server.addService(Echo.service, serverHandlers(scenario.serving ?? {}, recorder, this.happened));
  }

  async open(): Promise<void> {
    const { rawServer, setup = {} } = this.scenario;
    this.serverPort = await (rawServer ? this.rawServer.listen(rawServer, this.recorder) : this.listen());
    const port = setup.refusing === undefined ? this.serverPort : await this.relay.listen(setup.refusing);
    if (this.scenario.rawClient === undefined) this.client = this.newClient(port);
  }

  async play(): Promise<void> {
    const { client, scenario, recorder } = this;
    if (client === undefined) {
      await rawCall(this.serverPort, scenario.shape, scenario.rawClient ?? {}, recorder);
      return;
    }
    if (scenario.throws === true) {
      this.noteThrown(client);
      return;
    }
    for (let number = 1; number <= (scenario.calls ?? 1); number++) {
      const run = applicationStorage.run(`call ${number}`, () =>
        callAndRecord(client, scenario.shape, scenario.calling ?? {}, recorder, this.happened),
      );
      this.run = run;
      this.happenedAlready.clear();
      this.happened('called');
      await (scenario.overWhen === 'uncaught' ? recorder.uncaught : run.over);
    }
  }

  private noteThrown(client: EchoClient): void {
    try {
      callAndRecord(client, this.scenario.shape, this.scenario.calling ?? {}, this.recorder, this.happened);
    } catch (error) {
      this.recorder.track('caught').note('thrown', error);
    }
  }

  async close(): Promise<void> {
    this.relay.thaw();
    // Resolves when every call is over on the server too, so nothing is missing in the record. Before the client takes
    // the connection away, because a handler may ask for its peer until then.
    await new Promise((resolve) => this.server.tryShutdown(resolve));
    await this.recorder.complete();
    this.client?.close();
    if (this.scenario.rawServer !== undefined) await this.rawServer.close();
    this.relay.close();
  }

  async endedSpans(): Promise<number> {
    await Promise.all(this.telemetry.map((telemetry) => telemetry.allEnded()));
    return this.telemetry.reduce((count, { startedCount }) => count + startedCount, 0);
  }

  private readonly happened = (moment: Moment): void => {
    if (this.happenedAlready.has(moment)) return;
    this.happenedAlready.add(moment);
    const { client, run, server, relay, scenario } = this;
    const act = scenario.when?.[moment];
    if (act === undefined || client === undefined || run === undefined) return;
    act({ client, server, call: run.call, cut: () => relay.cut(), freeze: () => relay.freeze() });
  };

  private listen(): Promise<number> {
    const { serverCredentials = () => grpc.ServerCredentials.createInsecure() } = this.scenario.setup ?? {};
    return new Promise((resolve, reject) => {
      this.server.bindAsync('127.0.0.1:0', serverCredentials(), (error, port) => {
        if (error) reject(error);
        else resolve(port);
      });
    });
  }

  private newClient(port: number): EchoClient {
    const { clientOptions, clientCredentials, clientChain, target } = this.scenario.setup ?? {};
    const tracing = this.mode
      ? [tracingClientInterceptor({ tracerProvider: this.telemetry[0].provider, ...this.mode.client() })]
      : [];
    return new Echo(target?.(port) ?? `127.0.0.1:${port}`, clientCredentials?.() ?? grpc.credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
      ...clientOptions,
      interceptors: clientChain?.(tracing, this.recorder) ?? tracing,
    });
  }
}
