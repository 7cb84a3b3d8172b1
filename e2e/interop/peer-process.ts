import { limited } from '../../tools/limited.js';
import { Program } from '../../tools/program.js';

import type { Stage } from './part.js';
import { spanIn, type SpanLine } from './span-line.js';

/** How a peer is started. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** What a peer prints first, as the JSON line {"ready": …}. */
interface Ready {
  readonly port: number;
  /** The libraries that it is made of, each with its version. */
  readonly versions: readonly string[];
}

export interface Limits {
  readonly readyMillis: number;
  readonly endMillis: number;
}

/** For a peer that hangs; one that does not takes some seconds at most, on a busy machine. */
const LIMITS: Limits = { readyMillis: 60_000, endMillis: 20_000 };

/** A program on somebody else's libraries: an echo service on a free port, which ends with its standard input. */
export class PeerProcess {
  readonly address: string;
  readonly versions: string;
  readonly #name: string;
  readonly #program: Program;
  readonly #endMillis: number;

  private constructor(name: string, program: Program, { port, versions }: Ready, { endMillis }: Limits) {
    this.#name = name;
    this.#program = program;
    this.#endMillis = endMillis;
    this.address = `127.0.0.1:${port}`;
    this.versions = versions.join(', ');
  }

  /** Resolves when the peer serves. @throws naming the peer, where it ends instead or says nothing in time */
  static async start(
    stage: Pick<Stage, 'onEnd'>,
    name: string,
    { command, args, env = {} }: Command,
    limits = LIMITS,
  ): Promise<PeerProcess> {
    const program = new Program(command, args, { env: { ...process.env, ...env }, ownGroup: true });
    stage.onEnd(() => program.kill());
    // Every peer writes its lines as objects with one of these keys.
    const read = (line: string): Ready | undefined => (JSON.parse(line) as { readonly ready?: Ready }).ready;
    const ready = program.first('"ready"', read).catch((error: unknown): never => {
      throw new Error(`${name} did not start`, { cause: error });
    });
    const late = `${name} was not ready in ${limits.readyMillis} ms`;
    return new PeerProcess(name, program, await limited(program, limits.readyMillis, late, ready), limits);
  }

  /** Ends the peer, which ends its calls first. @returns all the spans that it exported. */
  async finish(): Promise<SpanLine[]> {
    const late = `${this.#name} did not end in ${this.#endMillis} ms`;
    const { code, stdout, stderr } = await limited(this.#program, this.#endMillis, late, this.#program.finish());
    if (code !== 0) throw new Error(`${this.#name} ended with ${String(code)}:\n${stderr.join('\n')}`);
    return stdout.map(spanIn).filter((span) => span !== undefined);
  }
}
