import { streamToSlowReader } from '../../../bench/backpressure/slow-reader.js';
import { Telemetry } from '../../helpers/telemetry.js';

const COUNT = 20_000;
/** HTTP/2's window of 64 kB, in messages of this size, and the buffers of the streams on both ends. */
const WINDOW = 8000;
const MEGABYTE = 1_000_000;

describe('a server stream to a slow reader', () => {
  it.each([false, true])(
    'keeps no more in flight and in memory than without tracing, message events: %p',
    async (messageEvents) => {
      const telemetry = new Telemetry();
      const untraced = await streamToSlowReader(COUNT);
      const traced = await streamToSlowReader(COUNT, { tracerProvider: telemetry.provider, messageEvents });
      expect([untraced.received, traced.received]).toEqual([COUNT, COUNT]);
      expect((await telemetry.spans(2)).map(({ ended }) => ended)).toEqual([true, true]);
      expect(untraced.mostInFlight).toBeLessThan(WINDOW);
      expect(traced.mostInFlight).toBeLessThan(WINDOW);
      // A stream that held its messages back would hold them all: at 100 bytes each, two megabytes.
      expect(traced.mostHeld - untraced.mostHeld).toBeLessThan(MEGABYTE);
    },
  );
});
