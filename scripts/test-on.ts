import { spawn } from 'node:child_process';
import { dirname, delimiter } from 'node:path';
import { installNode } from '../tools/runtimes.js';

/*
 * The quick tests on another Node than the one that is installed.
 *
 *   npm run test:on -- 24 [what jest takes]
 */

async function main([major = '', ...args]: readonly string[]): Promise<number> {
  const node = await installNode(Number(major));
  // Tests start programs by the name `node`, too.
  const env = { ...process.env, PATH: [dirname(node), process.env['PATH']].join(delimiter) };
  const tests = spawn(node, [require.resolve('jest/bin/jest'), ...args], { stdio: 'inherit', env });
  return new Promise((resolve, reject) => {
    tests.on('error', reject);
    tests.on('exit', (code) => resolve(code ?? 1));
  });
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
