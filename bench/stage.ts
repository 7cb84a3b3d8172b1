import { build } from 'esbuild';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../tools/places.js';
import type { Sdk } from '../tools/sdks.js';

const PACKAGE = 'grpc-js-opentelemetry';

/** Where measuring processes find an SDK and a build of this package, as in the node_modules of an application. */
export class Stage {
  private constructor(private readonly directory: string) {}

  /** @param built - the directory of a package of this name that is built; what becomes of it later changes nothing */
  static async create(sdk: Pick<Sdk, 'modules'>, built: string): Promise<Stage> {
    const directory = await mkdtemp(join(tmpdir(), `${PACKAGE}-bench-`));
    const modules = join(directory, 'node_modules');
    await mkdir(modules);
    const linked = await sdk.modules();
    for (const scope of ['@grpc', '@opentelemetry']) {
      // A junction is what Windows allows everyone to make; elsewhere it is a symbolic link.
      await symlink(join(linked, scope), join(modules, scope), 'junction');
    }
    // A link would lead to the dependencies beside the build.
    await cp(join(built, 'package.json'), join(modules, PACKAGE, 'package.json'));
    await cp(join(built, 'dist'), join(modules, PACKAGE, 'dist'), { recursive: true });
    await cp(join(ROOT, 'protos', 'echo.proto'), join(directory, 'protos', 'echo.proto'));
    return new Stage(directory);
  }

  /** Puts a script there, with all of this repository that it imports. @returns its file */
  async script(source: string): Promise<string> {
    // As deep as the sources, which find the protos from where they are.
    const outfile = join(this.directory, 'bench', 'child.js');
    await build({
      entryPoints: [source],
      outfile,
      bundle: true,
      packages: 'external',
      platform: 'node',
      target: 'node20',
      // Without the mapping of the package's name to its sources: the built package is measured, as users run it.
      tsconfigRaw: {},
      logLevel: 'error',
    });
    return outfile;
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true });
  }
}
