import type { EventEmitter } from 'node:events';
import type { SpanLine } from '../../exchange.js';
import { spansOf, type Transaction } from './transaction.js';

/** New Relic's. It reaches nobody: what it would send is in the transactions that it has finished. */
export interface Agent {
  inTransaction<T>(act: () => Promise<T>): Promise<T>;
  end(): Promise<readonly SpanLine[]>;
}

/** Starts it. What is loaded from then on is what it sees. */
export async function startAgent(): Promise<Agent> {
  const { default: newrelic } = await import('newrelic');
  const finished: Transaction[] = [];
  // The types do not show it.
  const { agent } = newrelic as unknown as { readonly agent: EventEmitter };
  agent.on('transactionFinished', (transaction: Transaction) => finished.push(transaction));
  return {
    inTransaction: (act) => newrelic.startBackgroundTransaction('caller', act),
    async end() {
      await new Promise<void>((resolve) => newrelic.shutdown(() => resolve()));
      return finished.flatMap(spansOf);
    },
  };
}
