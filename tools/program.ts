import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface ProgramEnd {
  readonly code: number | null;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
}

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** A process group of its own: killing it kills what it has started, and a terminal's Ctrl-C is left to us. */
  readonly ownGroup?: boolean;
}

/**
 * A program in a process of its own, its output read line by line. Its standard input stays open for as long as this
 * process lives: a program that ends with its input never outlives us.
 */
export class Program {
  readonly ended: Promise<ProgramEnd>;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #stdout: string[] = [];
  readonly #onLine = new Set<() => void>();

  readonly #ownGroup: boolean;

  constructor(command: string, args: readonly string[], options: ProgramOptions = {}) {
    const { cwd, env = process.env, ownGroup = false } = options;
    this.#ownGroup = ownGroup;
    this.#child = spawn(command, args, { cwd, env, detached: ownGroup, stdio: ['pipe', 'pipe', 'pipe'] });
    this.ended = this.#run();
  }

  /**
   * What `read` makes of the first line of standard output that it knows, also one that has been printed already.
   *
   * @throws what `read` throws, and where the program ends without such a line
   */
  async first<T>(what: string, read: (line: string) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        try {
          const found = this.#stdout.map(read).find((it) => it !== undefined);
          if (found === undefined) return;
          resolve(found);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
        this.#onLine.delete(look);
      };
      this.#onLine.add(look);
      look();
      this.ended.then((end) => reject(new Error(`ended without ${what}: ${JSON.stringify(end)}`)), reject);
    });
  }

  /** The match of the first line of standard output that matches. */
  async line(pattern: RegExp): Promise<RegExpExecArray> {
    return this.first(String(pattern), (line) => pattern.exec(line) ?? undefined);
  }

  signal(signal: 'SIGINT' | 'SIGTERM'): void {
    this.#child.kill(signal);
  }

  /** Ends its standard input and waits for what comes of that. */
  async finish(): Promise<ProgramEnd> {
    this.#child.stdin.end();
    return this.ended;
  }

  /** Whatever it is doing: nothing of it is left afterwards. */
  async kill(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#child;
    // It could not be started.
    if (pid === undefined) return;
    if (exitCode === null && signalCode === null) {
      process.kill(this.#ownGroup ? -pid : pid, 'SIGKILL');
    }
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
