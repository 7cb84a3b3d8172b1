import type { Part } from './part.js';
import { commandLine } from './parts/command-line.js';
import { connectNode } from './parts/connect-node.js';
import { datadog } from './parts/datadog.js';
import { elastic } from './parts/elastic.js';
import { etcd3 } from './parts/etcd3.js';
import { firestore } from './parts/firestore.js';
import { nestjs } from './parts/nestjs.js';
import { newRelic } from './parts/newrelic.js';
import { niceGrpc } from './parts/nice-grpc.js';
import { perCall } from './parts/per-call.js';
import { protobufTs } from './parts/protobuf-ts.js';
import { pubsub } from './parts/pubsub.js';
import { sdkNode } from './parts/sdk-node.js';
import { sentry } from './parts/sentry.js';
import { spanner } from './parts/spanner.js';
import { temporal } from './parts/temporal.js';
import { web } from './parts/web.js';

/** In the order in which they run. */
export const PARTS: readonly Part[] = [
  commandLine,
  connectNode,
  datadog,
  elastic,
  etcd3,
  firestore,
  nestjs,
  newRelic,
  niceGrpc,
  perCall,
  protobufTs,
  pubsub,
  sdkNode,
  sentry,
  spanner,
  temporal,
  web,
];
