import type { DocumentReference } from '@google-cloud/firestore';
import { trace } from '@opentelemetry/api';
import { isTraced, tell } from '../shared/spans.js';
import { serveFirestore } from './server.js';

async function main(): Promise<void> {
  const server = await serveFirestore();
  process.env['FIRESTORE_EMULATOR_HOST'] = server.address;
  const { firestore } = isTraced ? await import('./clients/traced.js') : await import('./clients/plain.js');
  const order = firestore.doc('orders/1');
  await order.set({ total: 3 });
  const read = (await order.get()).data();
  const found = (await firestore.collection('orders').get()).docs.map((document) => document.data());
  const listened = await trace.getTracer('application').startActiveSpan('caller', (span) => {
    span.end();
    return firstSnapshot(order);
  });
  await firestore.terminate();
  await server.close();
  await tell({ read, found, listened, calls: server.calls });
}

function firstSnapshot(document: DocumentReference): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stop = document.onSnapshot((snapshot) => {
      stop();
      resolve(snapshot.data());
    }, reject);
  });
}

void main();
