// Starts the benchmark on the built package, as users run it, with a collector that can be called and a young generation
// that holds a round.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const { status } = spawnSync(
  process.execPath,
  ['--expose-gc', '--max-semi-space-size=64', '--import', 'tsx', path('main.ts'), ...process.argv.slice(2)],
  // Without the mapping of the package's name to its sources.
  { stdio: 'inherit', env: { ...process.env, TSX_TSCONFIG_PATH: path('tsconfig.json') } },
);
process.exitCode = status ?? 1;
