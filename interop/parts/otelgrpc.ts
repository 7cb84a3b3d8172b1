import { peerPart } from '../peer-part.js';
import { buildGo } from './go.js';

const name = 'otelgrpc';

/** OpenTelemetry's stats handlers for Go. */
export const otelgrpc = peerPart({
  name,
  toolchains: ['go'],
  carriages: [{ propagation: 'W3C, baggage', args: [] }],
  build: (stage) => buildGo(stage, name),
});
