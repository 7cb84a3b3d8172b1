import { Firestore } from '@google-cloud/firestore';

export const firestore = new Firestore({ projectId: 'my-project' });
