import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const ROOT = join(__dirname, '../..');

/** Variables that would change what a program prints or where its spans go. */
const KEPT_OUT = /^(OTEL_|JAEGER_|GREETER_|GRPC_|FORCE_COLOR$|NO_COLOR$|NODE_OPTIONS$)/;

export interface ProgramEnd {
  readonly code: number | null;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
}

/** A TypeScript program of this repository in a process of its own, its output read line by line. */
export class Program {
  readonly ended: Promise<ProgramEnd>;
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #stdout: string[] = [];
  readonly #onLine = new Set<() => void>();

  constructor(file: string, env: NodeJS.ProcessEnv = {}) {
    const inherited = Object.entries(process.env).filter(([name]) => !KEPT_OUT.test(name));
    // tsx as a loader, not as a command: signals go to the program itself.
    this.#child = spawn(process.execPath, ['--import', 'tsx', file], {
      cwd: ROOT,
      env: { ...Object.fromEntries(inherited), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.ended = this.#run();
  }

  /** The match of the first line of standard output that matches, also one that has been printed already. */
  async line(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const match = this.#stdout.map((line) => pattern.exec(line)).find((found) => found !== null);
        if (!match) return;
        this.#onLine.delete(look);
        resolve(match);
      };
      this.#onLine.add(look);
      look();
      void this.ended.then((end) => reject(new Error(`ended without ${String(pattern)}: ${JSON.stringify(end)}`)));
    });
  }

  signal(signal: 'SIGINT' | 'SIGTERM'): void {
    this.#child.kill(signal);
  }

  /** For a test that failed: nothing that it started is left. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  async #run(): Promise<ProgramEnd> {
    const stderr: string[] = [];
    createInterface(this.#child.stderr).on('line', (line) => stderr.push(line));
    createInterface(this.#child.stdout).on('line', (line) => {
      this.#stdout.push(line);
      for (const look of this.#onLine) look();
    });
    // 'close' comes after 'exit', when both outputs have been read to their ends.
    const [code] = (await once(this.#child, 'close')) as [number | null];
    return { code, stdout: this.#stdout, stderr };
  }
}
