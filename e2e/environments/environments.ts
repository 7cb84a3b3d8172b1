import { bundleWithEsbuild, bundleWithRollup, bundleWithWebpack, type Bundler } from './bundlers.js';
import type { Fixture } from './fixture.js';

/** A way to get from the program's source to what Node runs. */
export interface Environment {
  readonly name: string;
  /** Gives the file to run. */
  readonly build: (fixture: Fixture) => Promise<string>;
}

function bundled(name: string, bundle: Bundler): Environment {
  return {
    name,
    build: async (fixture) => {
      // What the bundle does not hold would be missing there.
      const outfile = fixture.outside(name, 'main.cjs');
      await bundle(await fixture.compile('module'), outfile);
      return outfile;
    },
  };
}

/** What Node runs with nothing but this repository's dependencies, by the names that the README gives them. */
export const ENVIRONMENTS: readonly Environment[] = [
  { name: 'CommonJS', build: (fixture) => fixture.compile('commonjs') },
  { name: 'ES modules, without a loader hook', build: (fixture) => fixture.compile('module') },
  bundled('bundled by esbuild', bundleWithEsbuild),
  bundled('bundled by webpack', bundleWithWebpack),
  bundled('bundled by Rollup', bundleWithRollup),
];
