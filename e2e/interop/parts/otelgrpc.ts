import { peerPart } from '../peer-part.js';
import { buildGo } from './build-go.js';

const name = 'otelgrpc';

/** OpenTelemetry's stats handlers for Go. */
export const otelgrpc = peerPart({
  name,
  needs: ['Go'],
  carriages: [{ propagation: 'W3C, baggage', args: [] }],
  build: (stage) => buildGo(stage, name),
});
