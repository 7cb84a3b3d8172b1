import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { useEcho, type EchoMethods } from '../helpers/echo.js';
import { WeaklyHeld } from '../helpers/weakly-held.js';

const echo = useEcho();

const COUNT = 1000;
const TEXT = 'x'.repeat(1000);
/** HTTP/2's window of 64 kB, in messages of this size, and the buffers of the streams on both ends: some 80 messages. */
const WINDOW = 200;

describe('a server stream to a slow reader', () => {
  it.each([false, true])(
    'keeps no more in flight than without tracing, and holds nothing that has been read, message events: %p',
    async (messageEvents) => {
      const written = new WeaklyHeld();
      const read = new WeaklyHeld();
      const handlers: EchoMethods = {
        ServerStream(call) {
          const write = async (): Promise<void> => {
            while (written.addedCount < COUNT) {
              const message = { text: TEXT };
              written.add(message);
              if (!call.write(message)) await once(call, 'drain');
            }
            call.end();
          };
          void write();
        },
      };
      const rig = await echo.start({ handlers, serverTracing: { messageEvents }, clientTracing: { messageEvents } });
      let mostInFlight = 0;
      let held = Infinity;
      // The messages of this service are objects.
      for await (const message of rig.client.ServerStream({}) as AsyncIterable<object>) {
        read.add(message);
        mostInFlight = Math.max(mostInFlight, written.addedCount - read.addedCount);
        // While the call is under way: what is held for its time is gone afterwards.
        if (read.addedCount === COUNT / 2) {
          held = Math.max(await written.heldCount(WINDOW), await read.heldCount(WINDOW));
        }
        await nextTurn();
      }
      expect(read.addedCount).toBe(COUNT);
      expect(mostInFlight).toBeLessThan(WINDOW);
      expect(held).toBeLessThan(WINDOW);
    },
  );
});
