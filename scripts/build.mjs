// Builds dist/cjs and dist/esm from lib/, here or in the directory that is given. Each gets a package.json that names its
// module kind, so that Node and TypeScript read the same .js ending rightly in both.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(resolve(process.argv[2] ?? root), 'dist');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

const formats = [
  { dir: 'cjs', type: 'commonjs', flags: ['--module', 'nodenext'] },
  { dir: 'esm', type: 'module', flags: ['--module', 'esnext', '--moduleResolution', 'bundler'] },
];

rmSync(dist, { recursive: true, force: true });
for (const { dir, type, flags } of formats) {
  execFileSync(process.execPath, [tsc, '-p', 'scripts/tsconfig.build.json', '--outDir', join(dist, dir), ...flags], {
    cwd: root,
    stdio: 'inherit',
  });
  mkdirSync(join(dist, dir), { recursive: true });
  writeFileSync(join(dist, dir, 'package.json'), `${JSON.stringify({ type, sideEffects: false })}\n`);
}
