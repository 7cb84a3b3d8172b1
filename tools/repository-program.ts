import { ROOT } from './places.js';
import { Program } from './program.js';

/** Variables that would change what a program prints or where its spans go. */
const KEPT_OUT = /^(OTEL_|JAEGER_|GREETER_|GRPC_|FORCE_COLOR$|NO_COLOR$|NODE_OPTIONS$)/;

/** A TypeScript program of this repository in a process of its own. */
export class RepositoryProgram extends Program {
  constructor(file: string, env: NodeJS.ProcessEnv = {}, args: readonly string[] = []) {
    const inherited = Object.entries(process.env).filter(([name]) => !KEPT_OUT.test(name));
    // tsx as a loader, not as a command: signals go to the program itself.
    super(process.execPath, ['--import', 'tsx', file, ...args], {
      cwd: ROOT,
      env: { ...Object.fromEntries(inherited), ...env },
    });
  }
}
