import type { Part, Stage } from '../part.js';
import { FieldProgram, type FieldProgramOptions } from '../run-program.js';
import { assertCounts, childrenOf, countLinked, ours } from '../spans.js';

/** Four shapes and a call that is refused. */
const calls = 5;

interface Release {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly type: NonNullable<FieldProgramOptions['type']>;
}

/** Each in the kind of modules that it is made of. */
const RELEASES: Readonly<Record<string, Release>> = {
  'nestjs-11': {
    dependencies: { '@nestjs/common': '11.2.10', '@nestjs/core': '11.2.10', '@nestjs/microservices': '11.2.6' },
    type: 'commonjs',
  },
  'nestjs-12': {
    dependencies: { '@nestjs/common': '12.5.1', '@nestjs/core': '12.5.1', '@nestjs/microservices': '12.1.1' },
    type: 'module',
  },
};

async function runRelease(stage: Stage, directory: string, { dependencies, type }: Release): Promise<void> {
  const all = { ...dependencies, 'reflect-metadata': '0.2.2', rxjs: '7.8.2' };
  const program = await FieldProgram.install(stage, 'nestjs', all, { type, directory });
  const { spans } = await program.runBoth();
  const handled = spans.filter(({ name }) => name === 'handled');
  const counts = countLinked(spans);
  const inHandlers = childrenOf(ours(spans, 'SERVER'), handled).length;
  assertCounts({ ...counts, inHandlers }, { client: calls, linked: calls, inHandlers: calls }, spans);
  const versions = await program.versionOf('@nestjs/microservices');
  stage.row({ library: 'NestJS', versions, how: 'both interceptors', calls, ...counts, same: true });
}

export const nestjs: Part = {
  name: 'nestjs',
  async run(stage) {
    for (const [directory, release] of Object.entries(RELEASES)) await runRelease(stage, directory, release);
  },
};
