import { asShown } from '../shared/as-shown.js';
import { isTraced } from '../shared/is-traced.js';
import { Receiver } from '../shared/receiver.js';
import { tell } from '../shared/tell.js';
import { spansSent } from './spans-sent.js';

async function traced(): Promise<void> {
  const receiver = await Receiver.start();
  process.env['DD_TRACE_AGENT_URL'] = `http://${receiver.host}`;
  await import('./instrument.js');
  const { echoCalls } = await import('../shared/echo-calls.js');
  const seen = await echoCalls(asShown ? await import('./interceptors.js') : await import('../shared/plain.js'));
  // dd-trace sends what it has when nothing is left to do; then nothing is left again.
  process.once('beforeExit', () => {
    process.once('beforeExit', () => void receiver.end().then((received) => tell(seen, spansSent(received))));
  });
}

async function untraced(): Promise<void> {
  const { echoCalls } = await import('../shared/echo-calls.js');
  tell(await echoCalls());
}

void (isTraced ? traced() : untraced());
