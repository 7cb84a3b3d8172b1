// Fails when `npm ls --omit=dev --omit=peer` shows a dependency: users of lib/ install nothing but its peers.
import { execFileSync } from 'node:child_process';

const listed = JSON.parse(execFileSync('npm', ['ls', '--json', '--omit=dev', '--omit=peer'], { encoding: 'utf8' }));
const names = Object.keys(listed.dependencies ?? {});
if (names.length > 0) {
  console.error(`runtime dependencies: ${names.join(', ')}`);
  process.exit(1);
}
console.log('no runtime dependencies');
