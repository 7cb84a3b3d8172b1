import { v1 } from '@google-cloud/pubsub';
import * as grpc from '@grpc/grpc-js';
import { isTraced, tell } from '../shared/spans.js';
import { listTopics } from './list-topics.js';
import { servePubSub } from './server.js';

const PROJECT = 'projects/my-project';

async function main(): Promise<void> {
  const server = await servePubSub();
  const { hostname, port } = new URL(`http://${server.address}`);
  const sslCreds = grpc.credentials.createInsecure();
  const publisher = new v1.PublisherClient({ servicePath: hostname, port: Number(port), sslCreds });
  const [topics] = isTraced
    ? await listTopics(publisher, PROJECT)
    : await publisher.listTopics({ project: PROJECT, pageSize: 2 });
  await publisher.close();
  await server.close();
  await tell({ topics: topics.map(({ name }) => name), calls: server.calls });
}

void main();
