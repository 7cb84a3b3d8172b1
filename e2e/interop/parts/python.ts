import { peerPart } from '../peer-part.js';
import { BAGGAGE_VALUE } from '../visit.js';
import { buildPython } from './build-python.js';

/** OpenTelemetry's instrumentation for grpcio. */
export const python = peerPart({
  name: 'python',
  needs: ['Python 3.10 with venv'],
  carriages: [{ propagation: 'W3C, baggage', args: [] }],
  rewritesBaggage: {
    written: encodeURIComponent(BAGGAGE_VALUE).replaceAll('%20', '+'),
    note: "Python's `W3CBaggagePropagator` writes a space as `+`, W3C Baggage as `%20`: the value `a b` arrives as `a+b`.",
  },
  build: buildPython,
});
