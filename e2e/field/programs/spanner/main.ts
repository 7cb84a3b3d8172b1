import type { Spanner } from '@google-cloud/spanner';
import { isTraced, tell } from '../shared/spans.js';
import { serveSpanner } from './server.js';

/** At a time: more than one channel of its pool is to have, and less than two. */
const QUERIES = 30;

/** Of the run that is traced, by the name that CLIENT has. */
const CLIENTS: Readonly<Record<string, () => Promise<{ readonly spanner: Spanner }>>> = {
  replacing: () => import('./clients/replacing.js'),
  traced: () => import('./clients/traced.js'),
};

async function main(): Promise<void> {
  const server = await serveSpanner(QUERIES);
  process.env['SPANNER_EMULATOR_HOST'] = server.address;
  const traced = CLIENTS[process.env['CLIENT'] ?? ''];
  if (traced === undefined) throw new Error('no such CLIENT');
  const { spanner } = isTraced ? await traced() : await import('./clients/plain.js');
  const database = spanner.instance('my-instance').database('my-database');
  const queries = Array.from({ length: QUERIES }, async () => {
    const [rows] = await database.run('SELECT 1 AS one');
    return rows.map((row) => row.toJSON());
  });
  const rows = await Promise.all(queries);
  await database.close();
  spanner.close();
  await server.close();
  await tell({ rows, connections: server.connections(), calls: server.calls });
}

void main();
