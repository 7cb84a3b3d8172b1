// What npm would publish of what is built now.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The paths of the files, from the root; the bytes of the tarball and of what is in it. */
export function packed() {
  const printed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
  });
  // npm prints one entry per package, in a list or by name.
  const [{ files, size, unpackedSize }] = Object.values(JSON.parse(printed));
  return { files: files.map(({ path }) => path), size, unpackedSize };
}
