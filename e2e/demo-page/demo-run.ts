import { deepStrictEqual } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PartStage } from '../../tools/run-on-stage.js';
import { RepositoryProgram } from '../../tools/repository-program.js';

export interface DemoRun {
  readonly page: string;
  /** What the page must call the spans, but for how long they took. */
  readonly names: readonly string[];
}

const ROW =
  /^(?<service>\w+) +[├└│ ]*(?<method>\w+) +(?<side>client|server) .* [\d.]+ m?s (?:(?<mark>[✗⊘]) )?(?<status>[A-Z]+)$/u;

/** The demo as users run it: with a page, and the same spans on the terminal. */
export async function runDemo(stage: Pick<PartStage, 'onEnd'>): Promise<DemoRun> {
  const directory = await mkdtemp(join(tmpdir(), 'demo-page-'));
  stage.onEnd(() => rm(directory, { recursive: true }));
  const page = join(directory, 'trace.html');
  const demo = new RepositoryProgram('examples/demo/main.ts', {}, ['--html', page]);
  stage.onEnd(() => demo.kill());
  const { code, stdout, stderr } = await demo.ended;
  deepStrictEqual({ code, stderr, last: stdout.at(-1) }, { code: 0, stderr: [], last: `page written to ${page}` });
  const names = stdout.flatMap((line) => {
    const { service, method, side, mark, status } = ROW.exec(line)?.groups ?? {};
    if (service === undefined) return [];
    return [`${service} ${method}, ${side}, ${status}${mark === '✗' ? ', failed' : ''}`];
  });
  return { page, names };
}
