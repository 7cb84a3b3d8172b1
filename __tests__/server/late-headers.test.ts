import { status } from '@grpc/grpc-js';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { invoke } from '../../tools/invoke.js';
import { CancellingClient } from '../helpers/cancelling-client.js';
import { useEcho } from '../helpers/echo.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { plainSpan } from '../helpers/plain-span.js';

const echo = useEcho();

let client: CancellingClient | undefined;
afterEach(async () => {
  await client?.close();
  client = undefined;
});

/** How long a handler blocks the server after the headers of another call have come. */
const BLOCK_MS = 200;

/** Until whoever looks at the loop every 10 ms, from before, has done so more than once. */
async function loopSeen(): Promise<void> {
  const loop = monitorEventLoopDelay({ resolution: 10 });
  loop.enable();
  while (loop.count < 2) await new Promise((resolve) => setImmediate(resolve));
  loop.disable();
}

// The timeout counts from when the headers are read, so the server takes the deadline for later than it is.
describe('a call that its client resets after its headers were read late', () => {
  it.each([
    ['timed out, although the server’s clock says otherwise', BLOCK_MS, status.DEADLINE_EXCEEDED, 'Deadline exceeded'],
    ['was cancelled, where its deadline is further away than that', 600_000, status.CANCELLED, ''],
  ])('%s', async (_what, timeout, code, details) => {
    const rig = await echo.start({
      handlers: {
        Bidi: () => undefined,
        ClientStream(call, callback) {
          call.resume().on('end', () => {
            client?.blockAfterRequest(BLOCK_MS);
            callback(null, { text: 'answer' });
          });
        },
        Unary: () => client?.cancel(),
      },
    });
    client = new CancellingClient(rig.port, 'Unary', `${timeout}m`);
    // Others watch the loop: the server is not at its first call.
    invoke(rig.client, 'Bidi', { callOptions: { deadline: Date.now() + 600_000 } });
    await rig.serverTelemetry.started(1);
    await loopSeen();
    await invoke(rig.client, 'ClientStream').result;
    const ended = await rig.serverTelemetry.spans(2);
    const [span] = ended.filter(({ name }) => name === 'test.Echo/Unary').map(plainSpan);
    expect(span).toEqual(expectedSpan('server', 'Unary', { code, details }, rig.port));
  });
});
