import type { Stage } from './part.js';
import { Program } from './program.js';
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

/** For a peer that hangs; one that does not takes a second at most. */
const GRACE_MILLIS = 20_000;

/** A program on somebody else's libraries: an echo service on a free port, which ends with its standard input. */
export class PeerProcess {
  readonly address: string;
  readonly versions: string;
  readonly #program: Program;

  private constructor(program: Program, { port, versions }: Ready) {
    this.#program = program;
    this.address = `127.0.0.1:${port}`;
    this.versions = versions.join(', ');
  }

  static async start(stage: Stage, { command, args, env = {} }: Command): Promise<PeerProcess> {
    const program = new Program(command, args, { env: { ...process.env, ...env }, ownGroup: true });
    stage.onEnd(() => program.kill());
    // Every peer writes its lines as objects with one of these keys.
    const ready = await program.first('"ready"', (line) => (JSON.parse(line) as { readonly ready?: Ready }).ready);
    return new PeerProcess(program, ready);
  }

  /** Ends the peer, which ends its calls first. @returns all the spans that it exported. */
  async finish(): Promise<SpanLine[]> {
    const timer = setTimeout(() => void this.#program.kill(), GRACE_MILLIS);
    const { code, stdout, stderr } = await this.#program.finish();
    clearTimeout(timer);
    if (code !== 0) throw new Error(`a peer ended with ${String(code)}:\n${stderr.join('\n')}`);
    return stdout.map(spanIn).filter((span) => span !== undefined);
  }
}
