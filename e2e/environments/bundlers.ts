import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import * as esbuild from 'esbuild';
import { basename, dirname } from 'node:path';
import { rollup } from 'rollup';
import webpack from 'webpack';

/** Bundles a program with all that it imports into one file. */
export type Bundler = (entry: string, outfile: string) => Promise<void>;

export async function bundleWithEsbuild(entry: string, outfile: string): Promise<void> {
  await esbuild.build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', logLevel: 'error' });
}

export async function bundleWithWebpack(entry: string, outfile: string): Promise<void> {
  const compiler = webpack({
    mode: 'production',
    target: 'node',
    entry,
    output: { path: dirname(outfile), filename: basename(outfile) },
    // Minifying takes most of the time and moves no import.
    optimization: { minimize: false },
  });
  await new Promise<void>((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors() === true) reject(new Error(stats.toString('errors-only')));
      else compiler.close((failure) => (failure ? reject(failure) : resolve()));
    });
  });
}

export async function bundleWithRollup(entry: string, outfile: string): Promise<void> {
  const bundle = await rollup({
    input: entry,
    plugins: [nodeResolve({ preferBuiltins: true, exportConditions: ['node'] }), commonjs(), json()],
    // It tells of circular imports and a top-level `this` in the dependencies.
    onwarn: () => undefined,
  });
  await bundle.write({ file: outfile, format: 'cjs', inlineDynamicImports: true });
  await bundle.close();
}
