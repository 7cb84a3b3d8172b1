import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeAddresses } from '../../tools/free-addresses.js';
import type { PartStage } from '../../tools/run-on-stage.js';
import { Server } from '../../tools/server-program.js';
import { missing } from '../../tools/toolchains.js';
import { PrometheusApi } from './prometheus-api.js';

/** @throws where the machine has none */
export async function requirePrometheus(): Promise<void> {
  if ((await missing(['Prometheus'])).length === 0) return;
  throw new Error(
    'there is no prometheus on the path: apt-get install prometheus, or see https://prometheus.io/download',
  );
}

/** A Prometheus of the machine's with nothing in it. It and its data are gone when the stage is over. */
export async function startPrometheus(stage: Pick<PartStage, 'onEnd'>, config: object): Promise<PrometheusApi> {
  const directory = await mkdtemp(join(tmpdir(), 'prometheus-'));
  stage.onEnd(() => rm(directory, { recursive: true }));
  const configFile = join(directory, 'prometheus.yml');
  // JSON is YAML.
  await writeFile(configFile, JSON.stringify(config));
  const { web } = await freeAddresses('web');
  await Server.start(stage, {
    name: 'Prometheus',
    binary: 'prometheus',
    args: [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=${web}`,
      '--log.level=warn',
    ],
    env: {},
    healthUrl: `http://${web}/-/ready`,
  });
  return new PrometheusApi(`http://${web}`);
}
