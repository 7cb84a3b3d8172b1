import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program } from '../../tools/program.js';
import type { Stage } from './part.js';

const FREE_PORT = 'http://127.0.0.1:0';

const STARTED = /^grpc_server_started_total\{grpc_method="(\w+)",grpc_service="([\w.]+)",.*\} (\d+)$/gm;

/** A server of one node, with nothing in it. */
export class Etcd {
  private constructor(readonly address: string) {}

  static async start(stage: Stage): Promise<Etcd> {
    const directory = await mkdtemp(join(tmpdir(), 'etcd-'));
    stage.onEnd(() => rm(directory, { recursive: true }));
    const options = {
      'data-dir': directory,
      'listen-client-urls': FREE_PORT,
      'advertise-client-urls': FREE_PORT,
      'listen-peer-urls': FREE_PORT,
      // It would call the port that is advertised.
      'enable-grpc-gateway': 'false',
      logger: 'zap',
      'log-outputs': 'stdout',
    };
    const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
    const etcd = new Program('etcd', args, { ownGroup: true });
    stage.onEnd(() => etcd.kill());
    const [, address] = await etcd.line(/"serving client traffic insecurely.*"address":"([^"]+)"/);
    if (address === undefined) throw new Error('etcd tells no address');
    return new Etcd(address);
  }

  /** How many calls have come to it, by their methods' names. It counts them itself. */
  async calls(): Promise<ReadonlyMap<string, number>> {
    const metrics = await (await fetch(`http://${this.address}/metrics`)).text();
    return new Map(
      Array.from(metrics.matchAll(STARTED), ([, method, service, n]) => [`${service}/${method}`, Number(n)]),
    );
  }
}
