import { PubSub } from '@google-cloud/pubsub';

export const pubsub = new PubSub({ projectId: 'my-project' });
