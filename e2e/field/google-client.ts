import type { Exchange } from './exchange.js';
import type { Stage } from './part.js';
import { FieldProgram, type BothRuns, type RunOptions } from './run-program.js';

/** The metadata server of Google's cloud is not asked for what only it knows. */
const ENV = { METADATA_SERVER_DETECTION: 'none' };

/** One release of a client of Google's, and a program that uses it. */
export class GoogleClient {
  private constructor(
    private readonly program: FieldProgram,
    private readonly executable: string,
    /** As a row tells them. */
    readonly versions: string,
  ) {}

  /** @param dependencies the client, then what makes its calls */
  static async install(
    stage: Stage,
    name: string,
    dependencies: Readonly<Record<string, string>>,
    executable = process.execPath,
  ): Promise<GoogleClient> {
    const directory = [name, ...Object.values(dependencies)].join('-');
    const program = await FieldProgram.install(stage, name, dependencies, { directory });
    const [library = '', ...others] = Object.keys(dependencies);
    const versions = others.map(async (other) => `${other} ${await program.versionOf(other)}`);
    const told = await Promise.all([program.versionOf(library), ...versions]);
    return new GoogleClient(program, executable, told.join(', '));
  }

  /** Runs without tracing and with it. @param client the module of `clients/` that is used where it is traced */
  runBoth(client: string, options: RunOptions = {}): Promise<BothRuns> {
    return this.program.runBoth({ ...options, ...this.#options(client) });
  }

  /** Runs with tracing. */
  runTraced(client: string): Promise<Exchange> {
    return this.program.run('on', this.#options(client));
  }

  #options(client: string): RunOptions {
    return { executable: this.executable, env: { ...ENV, CLIENT: client } };
  }
}
