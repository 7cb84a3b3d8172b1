import type { PubSub } from '@google-cloud/pubsub';
import { trace } from '@opentelemetry/api';
import { isTraced, tell } from '../shared/spans.js';
import { list, publish, receive } from './calls.js';
import { servePubSub } from './server.js';

/** Of the run that is traced, by the name that CLIENT has. */
const CLIENTS: Readonly<Record<string, () => Promise<{ readonly pubsub: PubSub }>>> = {
  interceptors: () => import('./clients/interceptors.js'),
  'own-tracing': () => import('./clients/own-tracing.js'),
  traced: () => import('./clients/traced.js'),
};

async function main(): Promise<void> {
  const server = await servePubSub();
  process.env['PUBSUB_EMULATOR_HOST'] = server.address;
  const traced = CLIENTS[process.env['CLIENT'] ?? ''];
  if (traced === undefined) throw new Error('no such CLIENT');
  const { pubsub } = isTraced ? await traced() : await import('./clients/plain.js');
  const sent = await trace.getTracer('application').startActiveSpan('caller', async (span) => {
    const results = [await publish(pubsub), await list(pubsub)];
    span.end();
    return results;
  });
  const received = await receive(pubsub, server);
  await pubsub.close();
  await server.close();
  await tell({ sent, received, calls: server.calls });
}

void main();
