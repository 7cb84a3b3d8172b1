import descriptors from '@google-cloud/pubsub/build/protos/protos.json';
import type { google } from '@google-cloud/pubsub/build/protos/protos';
import * as grpc from '@grpc/grpc-js';
import { EventEmitter, once } from 'node:events';
import { serveStub, type StubServer } from '../shared/stub-server.js';

const TOPICS = ['one', 'two', 'three', 'four', 'five'].map((id) => ({ name: `projects/my-project/topics/${id}` }));

const UNAVAILABLE = { code: grpc.status.UNAVAILABLE, details: 'moved' };

/** Each is received and acknowledged by calls of their own. */
const ANSWERS_PER_MESSAGE = 2;

export const MESSAGES = ['first', 'second'];

export interface PubSubServer extends StubServer {
  /** Resolves when the last message has been received and acknowledged. */
  readonly acknowledged: Promise<unknown>;
}

/**
 * Refuses the first call to publish. A subscriber's stream brings one message: the first stream breaks after it, the second
 * waits until it has been acknowledged, and stays.
 */
export async function servePubSub(): Promise<PubSubServer> {
  const progress = new EventEmitter();
  const acknowledged = MESSAGES.map((message) => once(progress, message));
  let answers = 0;
  let published = 0;
  let streams = 0;
  let isRefusing = true;
  const publish: grpc.handleUnaryCall<google.pubsub.v1.IPublishRequest, google.pubsub.v1.IPublishResponse> = (
    { request },
    callback,
  ) => {
    if (isRefusing) {
      isRefusing = false;
      callback(UNAVAILABLE);
      return;
    }
    callback(null, { messageIds: (request.messages ?? []).map(() => String(++published)) });
  };
  const listTopics: grpc.handleUnaryCall<google.pubsub.v1.IListTopicsRequest, google.pubsub.v1.IListTopicsResponse> = (
    { request },
    callback,
  ) => {
    const from = Number(request.pageToken);
    const to = from + (request.pageSize ?? 0);
    callback(null, { topics: TOPICS.slice(from, to), nextPageToken: to < TOPICS.length ? String(to) : '' });
  };
  const answer: grpc.handleUnaryCall<unknown, object> = (_call, callback) => {
    callback(null, {});
    answers += 1;
    const message = MESSAGES[answers / ANSWERS_PER_MESSAGE - 1];
    if (message !== undefined) progress.emit(message);
  };
  const server = await serveStub(descriptors, {
    'google.pubsub.v1.Publisher': { Publish: publish, ListTopics: listTopics },
    'google.pubsub.v1.Subscriber': {
      Acknowledge: answer,
      ModifyAckDeadline: answer,
      StreamingPull(call: Pull) {
        void pull(call, streams++);
      },
    },
  });
  return { ...server, acknowledged: Promise.all(acknowledged) };

  async function pull(call: Pull, index: number): Promise<void> {
    call.on('end', () => call.end()).resume();
    await acknowledged[index - 1];
    const data = Buffer.from(MESSAGES[index] ?? '');
    call.write({ receivedMessages: [{ ackId: String(index), message: { data, publishTime: { seconds: 1 } } }] });
    if (index < MESSAGES.length - 1) call.emit('error', UNAVAILABLE);
  }
}

type Pull = grpc.ServerDuplexStream<google.pubsub.v1.IStreamingPullRequest, google.pubsub.v1.IStreamingPullResponse>;
