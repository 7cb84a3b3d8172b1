import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { contextRows } from './contexts.js';
import { peerRows } from './peers.js';
import { delayedStartRows } from './delayed-starts.js';
import { providerClass, watchDiag } from './telemetry.js';
import { truthRows } from './truth.js';

/** Runs in a cell of the matrix: prints the rows that hold and those that do not, as one line of JSON. */
async function main(): Promise<void> {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const warnings = watchDiag();
  const Provider = await providerClass();
  const failures: string[] = [];
  let passed = 0;
  const check = (row: string, expected: string, actual: string): void => {
    if (expected === actual) passed++;
    else failures.push(`${row}: expected ${expected}, got ${actual}`);
  };
  await truthRows(Provider, check);
  await delayedStartRows(Provider, check);
  await peerRows(Provider, check);
  await contextRows(Provider, check);
  check('warnings told to diag', '', warnings.join('; '));
  console.log(JSON.stringify({ passed, failed: failures.length, failures }));
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
