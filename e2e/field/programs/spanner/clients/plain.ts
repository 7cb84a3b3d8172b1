import { Spanner } from '@google-cloud/spanner';

export const spanner = new Spanner({ projectId: 'my-project' });
