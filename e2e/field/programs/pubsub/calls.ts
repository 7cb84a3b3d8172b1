import type { Message, PubSub } from '@google-cloud/pubsub';
import { MESSAGES, type PubSubServer } from './server.js';

/** Publishes twice. @returns the messages' ids */
export async function publish(pubsub: PubSub): Promise<readonly string[]> {
  const topic = pubsub.topic('one');
  const ids = [];
  for (const text of ['hello', 'again']) ids.push(await topic.publishMessage({ data: Buffer.from(text) }));
  return ids;
}

/** Every topic, in pages. @returns their names */
export async function list(pubsub: PubSub): Promise<readonly string[]> {
  const [topics] = await pubsub.getTopics({ pageSize: 2, autoPaginate: true });
  return topics.map(({ name }) => name);
}

/** Receives and acknowledges every message. @returns what they say */
export async function receive(pubsub: PubSub, { acknowledged }: PubSubServer): Promise<readonly string[]> {
  const subscription = pubsub.subscription('one', { streamingOptions: { maxStreams: 1 } });
  const received: string[] = [];
  await new Promise<void>((resolve, reject) => {
    subscription.on('error', reject);
    subscription.on('message', (message: Message) => {
      message.ack();
      if (received.push(message.data.toString()) === MESSAGES.length) resolve();
    });
  });
  await acknowledged;
  await subscription.close();
  return received;
}
