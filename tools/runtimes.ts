import { join } from 'node:path';
import { install } from './cache.js';

/** A program that runs the suite, as an npm package that carries its binary. */
export interface Runtime {
  readonly name: string;
  /** What npm installs; undefined for the Node that runs this. */
  readonly spec?: string;
  /** From the directory it is installed to. */
  readonly executable: string;
  readonly args: readonly string[];
  /** SDK 3 wants Node >= 22.15. */
  readonly runsSdk3: boolean;
}

const WINDOWS = process.platform === 'win32';
const PLATFORM = WINDOWS ? 'win' : process.platform;

function node(major: number): Runtime {
  const carrier = `node-${PLATFORM}-${process.arch}`;
  const executable = join('node_modules', carrier, 'bin', WINDOWS ? 'node.exe' : 'node');
  return { name: `Node ${major}`, spec: `${carrier}@${major}`, executable, args: [], runsSdk3: major >= 22 };
}

export const NODES: readonly Runtime[] = [20, 22, 24, 26].map(node);

/** Bun's own package needs its install script to find the binary, which is in this dependency of it. */
const BUN = `bun-${WINDOWS ? 'windows' : process.platform}-${process.arch === 'arm64' ? 'aarch64' : process.arch}`;

/** Both fetch nothing by themselves: the binaries are in optional dependencies of theirs. */
export const OTHERS: readonly Runtime[] = [
  {
    name: 'Deno 2',
    spec: 'deno@2',
    executable: join('node_modules', '.bin', 'deno'),
    args: ['run', '-A'],
    runsSdk3: true,
  },
  {
    name: 'Bun 1',
    spec: 'bun@1',
    executable: join('node_modules', '@oven', BUN, 'bin', WINDOWS ? 'bun.exe' : 'bun'),
    args: ['run'],
    runsSdk3: true,
  },
];

/** The executable of the Node of a major, from the cache. @throws TypeError for one that is not among {@link NODES}. */
export async function installNode(major: number): Promise<string> {
  const runtime = NODES.find(({ name }) => name === `Node ${major}`);
  if (runtime?.spec === undefined)
    throw new TypeError(`no Node ${major}; there are ${NODES.map(({ name }) => name).join(', ')}`);
  return join(await installRuntime(runtime, runtime.spec), runtime.executable);
}

/** Installs a runtime's package into the cache; gives the directory. */
export function installRuntime({ name }: Runtime, spec: string): Promise<string> {
  const at = spec.lastIndexOf('@');
  return install(join('runtimes', name.replace(' ', '-').toLowerCase()), { [spec.slice(0, at)]: spec.slice(at + 1) });
}
