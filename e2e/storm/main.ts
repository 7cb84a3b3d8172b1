import { spawnSync } from 'node:child_process';
import { stormArguments } from './arguments.js';
import { faults, report } from './report.js';
import { Storm } from './storm.js';

async function main(): Promise<number> {
  const settings = stormArguments(process.argv.slice(2));
  if (globalThis.gc === undefined) return respawned();
  const result = await new Storm(settings).run();
  console.log(report(settings, result));
  const found = faults(settings, result);
  for (const fault of found) console.error(`FAILED: ${fault}`);
  return found.length === 0 ? 0 : 1;
}

/** The heap can be measured only after a collection, which Node has to be asked for at its start. */
function respawned(): number {
  const { status } = spawnSync(process.execPath, ['--expose-gc', ...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
  });
  return status ?? 1;
}

main().then(
  // Not by `exitCode`: after a million calls Node 20.20 was seen to wait without end for a handle of its own to be closed.
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
