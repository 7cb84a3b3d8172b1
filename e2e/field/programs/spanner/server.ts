import type { protos } from '@google-cloud/spanner';
import descriptors from '@google-cloud/spanner-api/build/protos/protos.json';
import * as grpc from '@grpc/grpc-js';
import { serveStub, type StubServer } from '../shared/stub-server.js';

type CreateSessionRequest = protos.google.spanner.v1.ICreateSessionRequest;

/** One row of one column. */
const RESULT = {
  metadata: { rowType: { fields: [{ name: 'one', type: { code: 'INT64' } }] } },
  values: [{ stringValue: '1' }],
};

export interface SpannerServer extends StubServer {
  /** How many connections the queries came by. */
  connections(): number;
}

/** Refuses the first query, and answers the others once there are as many as this. */
export async function serveSpanner(queries: number): Promise<SpannerServer> {
  const peers = new Set<string>();
  const waiting: grpc.ServerWritableStream<unknown, object>[] = [];
  let isRefusing = true;
  const createSession: grpc.handleUnaryCall<CreateSessionRequest, object> = ({ request }, callback) =>
    callback(null, { name: `${request.database}/sessions/1`, multiplexed: true });
  const server = await serveStub(descriptors, {
    'google.spanner.v1.Spanner': {
      CreateSession: createSession,
      ExecuteStreamingSql(call: grpc.ServerWritableStream<unknown, object>) {
        if (isRefusing) {
          isRefusing = false;
          call.emit('error', { code: grpc.status.UNAVAILABLE, details: 'moved' });
          return;
        }
        peers.add(call.getPeer());
        if (waiting.push(call) < queries) return;
        for (const query of waiting) {
          query.write(RESULT);
          query.end();
        }
      },
    },
  });
  return { ...server, connections: () => peers.size };
}
