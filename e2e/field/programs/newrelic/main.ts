import { asShown } from '../shared/as-shown.js';
import { isTraced } from '../shared/is-traced.js';
import { tell } from '../shared/tell.js';
import { startAgent } from './agent.js';

async function traced(): Promise<void> {
  const agent = await startAgent();
  const { echoCalls } = await import('../shared/echo-calls.js');
  const interceptors = asShown ? await import('./interceptors.js') : await import('../shared/plain.js');
  tell(await echoCalls(interceptors, (act) => agent.inTransaction(act)), await agent.end());
}

async function untraced(): Promise<void> {
  const { echoCalls } = await import('../shared/echo-calls.js');
  tell(await echoCalls());
}

void (isTraced ? traced() : untraced());
