import { join } from 'node:path';
import { install, pack } from '../../tools/cache.js';
import { installRuntime, NODES, OTHERS, type Runtime } from '../../tools/runtimes.js';
import { table } from '../../tools/table.js';
import { GRPC_RELEASES, rangeOf, SDK_2, SDK_3, type Sdk } from './cells.js';
import { reasonFor } from './differences.js';
import { runCell } from './run-cell.js';
import { checkTypes } from './type-checks.js';
import { writeSuite } from './write-suite.js';

interface Plan {
  readonly runtimes: readonly Runtime[];
  readonly grpcs: readonly string[];
  readonly sdks: readonly Sdk[];
  readonly types: boolean;
}

const RUNNING_NODE: Runtime = {
  name: `Node ${process.versions.node.split('.')[0] ?? ''}`,
  executable: process.execPath,
  args: [],
  runsSdk3: false,
};

const SMALL: Plan = { runtimes: [RUNNING_NODE], grpcs: ['1.10.8', '1.10', '1.14'], sdks: [SDK_2], types: false };
const WHOLE: Plan = { runtimes: [...NODES, ...OTHERS], grpcs: GRPC_RELEASES, sdks: [SDK_2, SDK_3], types: true };

/** What went wrong, and what was expected to. */
const unexplained: string[] = [];
const explained = new Map<string, number>();

async function main(): Promise<void> {
  const plan = process.argv.includes('--small') ? SMALL : WHOLE;
  const tarball = await pack();
  const rows: string[][] = [];
  const heads = plan.grpcs.flatMap((grpc) => plan.sdks.map((sdk) => `grpc-js ${grpc}, ${sdk.name}`));
  for (const runtime of plan.runtimes) {
    const row = [runtime.name, ...(await cells(runtime, plan, tarball))];
    console.error(row.join('  '));
    rows.push(row);
  }
  console.log(`passed/failed\n\n${table(['runtime', ...heads], rows)}\n`);
  for (const [reason, count] of explained) console.log(`${count} rows differ as known: ${reason}`);
  if (plan.types) await types(tarball);
  for (const failure of unexplained) console.error(`FAILED ${failure}`);
  process.exitCode = unexplained.length === 0 ? 0 : 1;
}

async function cells(runtime: Runtime, plan: Plan, tarball: string): Promise<string[]> {
  const installed = runtime.spec === undefined ? '' : await installRuntime(runtime, runtime.spec);
  const results: string[] = [];
  for (const grpc of plan.grpcs)
    for (const sdk of plan.sdks) results.push(await cell(runtime, installed, grpc, sdk, tarball));
  return results;
}

async function cell(runtime: Runtime, installed: string, grpc: string, sdk: Sdk, tarball: string): Promise<string> {
  if (sdk.isSdk3 && !runtime.runsSdk3) return 'not run';
  const directory = await install(join('packages', `grpc-${grpc}-sdk-${sdk.isSdk3 ? '3' : '2'}`), {
    ...sdk.dependencies,
    '@grpc/grpc-js': rangeOf(grpc),
    'grpc-js-opentelemetry': `file:${tarball}`,
  });
  const { passed, failed, failures } = await runCell(runtime, installed, sdk, await writeSuite(directory));
  for (const failure of failures) {
    const reason = reasonFor(runtime.name, grpc, failure);
    if (reason === undefined) unexplained.push(`${runtime.name}, grpc-js ${grpc}, ${sdk.name}: ${failure}`);
    else explained.set(reason, (explained.get(reason) ?? 0) + 1);
  }
  return `${passed}/${failed}`;
}

async function types(tarball: string): Promise<void> {
  const results = await checkTypes(tarball);
  const shown = results.map(({ typescript, resolution, ok, checkedLibraries }) => [
    typescript,
    resolution,
    ok ? 'compiles' : 'fails',
    checkedLibraries ? 'false' : 'true',
  ]);
  console.log(table(['TypeScript', 'moduleResolution', 'strict', 'skipLibCheck'], shown));
  for (const { typescript, resolution, ok, output } of results) {
    if (!ok) unexplained.push(`TypeScript ${typescript}, ${resolution}: ${output}`);
    else if (output !== '')
      console.log(`\nTypeScript ${typescript}, ${resolution}, in the dependencies: ${output.split('\n', 1).join()}`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
