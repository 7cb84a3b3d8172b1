import { Program } from './program.js';
import { eventually } from './eventually.js';
import type { PartStage } from './run-on-stage.js';

const PATIENCE_MILLIS = 15_000;

export interface ServerProgram {
  readonly name: string;
  readonly binary: string;
  readonly args: readonly string[];
  /** All that it sees of the environment, beside where programs are. */
  readonly env: NodeJS.ProcessEnv;
  /** Answers with a good status once the server is there. */
  readonly healthUrl: string;
}

/** A server program of others, in a process of its own. It ends with the part, at the latest. */
export class Server {
  readonly #name: string;
  readonly #program: Program;
  #stopped: Promise<void> | undefined;

  private constructor(name: string, program: Program) {
    this.#name = name;
    this.#program = program;
  }

  /** Resolves when it answers. */
  static async start(stage: Pick<PartStage, 'onEnd'>, settings: ServerProgram): Promise<Server> {
    const { name, binary, args, env, healthUrl } = settings;
    const program = new Program(binary, args, { env: { PATH: process.env['PATH'], ...env } });
    const server = new Server(name, program);
    stage.onEnd(() => server.stop());
    const ended = program.ended.then((end): never => {
      throw new Error(`${name} ended at once: ${JSON.stringify(end)}`);
    });
    // It ends one day, and then nobody waits for its start any more.
    ended.catch(() => undefined);
    await eventually(name, async () => ((await fetch(healthUrl)).ok ? true : undefined), ended);
    return server;
  }

  /** Lets it finish what it has begun. @throws where it does not end by itself, and well */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#program.signal('SIGTERM');
    const patience = setTimeout(() => void this.#program.kill(), PATIENCE_MILLIS);
    const { code, stderr } = await this.#program.ended;
    clearTimeout(patience);
    if (code !== 0) throw new Error(`${this.#name} ended with ${code}: ${stderr.slice(-5).join('\n')}`);
  }
}
