import * as grpc from '@grpc/grpc-js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveStub, type StubServer } from '../shared/stub-server.js';

/** It lies beside the package's code, where nobody can import it from. */
const DESCRIPTORS = join(require.resolve('@google-cloud/firestore'), '../../protos/v1.json');

const NOW = { seconds: 1 };

interface Document {
  readonly name: string;
  readonly fields: object;
}

interface Stream {
  write(response: object): void;
  end(): void;
}

/** Keeps documents, and refuses the first commit. */
export function serveFirestore(): Promise<StubServer> {
  const documents = new Map<string, Document>();
  const dated = (document: Document | undefined) => ({ ...document, createTime: NOW, updateTime: NOW });
  let isRefusing = true;
  const commit: grpc.handleUnaryCall<{ readonly writes: readonly { readonly update: Document }[] }, object> = (
    { request },
    callback,
  ) => {
    if (isRefusing) {
      isRefusing = false;
      callback({ code: grpc.status.UNAVAILABLE, details: 'moved' });
      return;
    }
    for (const { update } of request.writes) documents.set(update.name, update);
    callback(null, { writeResults: request.writes.map(() => ({ updateTime: NOW })), commitTime: NOW });
  };
  return serveStub(JSON.parse(readFileSync(DESCRIPTORS, 'utf8')), {
    'google.firestore.v1.Firestore': {
      Commit: commit,
      BatchGetDocuments(call: Stream & { readonly request: { readonly documents: readonly string[] } }) {
        for (const name of call.request.documents) call.write({ found: dated(documents.get(name)), readTime: NOW });
        call.end();
      },
      RunQuery(call: Stream) {
        for (const document of documents.values()) call.write({ document: dated(document), readTime: NOW });
        call.end();
      },
      Listen(call: grpc.ServerDuplexStream<{ readonly addTarget: { readonly targetId: number } }, object>) {
        call.on('data', ({ addTarget }) => {
          const targetIds = [addTarget.targetId];
          call.write({ targetChange: { targetChangeType: 'ADD', targetIds } });
          for (const document of documents.values())
            call.write({ documentChange: { document: dated(document), targetIds } });
          call.write({ targetChange: { targetChangeType: 'CURRENT', targetIds, readTime: NOW } });
          call.write({ targetChange: { targetChangeType: 'NO_CHANGE', readTime: NOW } });
        });
        call.on('end', () => call.end());
      },
    },
  });
}
