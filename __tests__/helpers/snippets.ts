import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../tools/places.js';
import { scratchFolder } from './scratch.js';

/** What a program has printed. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** A document's snippets as files. */
export class SnippetFiles {
  private readonly runs = new Map<number, Promise<Printed>>();

  private constructor(
    private readonly directory: string,
    readonly files: readonly string[],
  ) {}

  static async write(snippets: readonly string[]): Promise<SnippetFiles> {
    const directory = await scratchFolder();
    const files = snippets.map((_, index) => join(directory, `snippet-${index}.ts`));
    // A snippet without a top-level import would share its names with the others.
    await Promise.all(files.map((file, index) => writeFile(file, `${snippets[index] ?? ''}\nexport {};\n`)));
    return new SnippetFiles(directory, files);
  }

  /** Once, however often it is asked for. */
  run(index: number): Promise<Printed> {
    const run =
      this.runs.get(index) ??
      promisify(execFile)(process.execPath, ['--import', 'tsx', String(this.files[index])], { cwd: ROOT });
    this.runs.set(index, run);
    return run;
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true });
  }
}
