import { peerPart } from '../peer-part.js';
import { buildJava } from './build-java.js';

/** OpenTelemetry's library instrumentation for grpc-java. */
export const java = peerPart({
  name: 'java',
  needs: ['JDK 17', 'Maven'],
  carriages: [{ propagation: 'W3C, baggage', args: [] }],
  build: buildJava,
});
