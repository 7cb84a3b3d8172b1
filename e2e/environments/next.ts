import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { install } from '../../tools/cache.js';
import { compileFile, compileProgram, ES_MODULES } from './fixture.js';
import type { Exchange } from './program/service.js';
import type { Row } from './row.js';
import { environmentOf, type Tracing } from './run.js';

const run = promisify(execFile);

const BUILD_MILLIS = 300_000;
const ANSWER_MILLIS = 30_000;

/** What Next is told to leave to Node's `require`, where hooks can patch it. */
const EXTERNAL = ['@grpc/grpc-js', '@opentelemetry/instrumentation', '@opentelemetry/instrumentation-grpc'];

/** Next.js with a route handler, built for production: bundled as it is by default, or with grpc-js left out. */
export function nextRow(packages: 'bundled' | 'external', tarball: string): Row {
  return {
    name: packages === 'external' ? 'the same, with `serverExternalPackages`' : 'Next.js 16, route handler',
    async ready({ sdk }) {
      const directory = await install(join('environments', `next-${packages}-${sdk.name}`), {
        ...sdk.packages,
        'grpc-js-opentelemetry': `file:${tarball}`,
        next: '16.4.6',
        react: '19.3.1',
        'react-dom': '19.3.1',
      });
      const config = packages === 'external' ? { serverExternalPackages: EXTERNAL } : {};
      await writeFile(join(directory, 'next.config.mjs'), `export default ${JSON.stringify(config)};\n`);
      await writeSource(join(directory, 'src'));
      const next = join(directory, 'node_modules', 'next', 'dist', 'bin', 'next');
      const node = await sdk.node();
      await run(node, [next, 'build'], { cwd: directory, env: nextEnvironment('here'), timeout: BUILD_MILLIS });
      return (tracing) => exchangeOf(node, next, directory, tracing);
    },
  };
}

/** Laid out as Next.js wants it. */
async function writeSource(source: string): Promise<void> {
  await mkdir(join(source, 'app', 'exchange'), { recursive: true });
  await writeFile(join(source, 'package.json'), JSON.stringify({ type: 'module' }));
  await compileProgram(join(source, 'program'), 'module');
  for (const file of [join('app', 'exchange', 'route'), 'instrumentation']) {
    await compileFile(join(__dirname, `${file}.ts`), join(source, `${file}.js`), ES_MODULES);
  }
}

function nextEnvironment(tracing: Tracing): NodeJS.ProcessEnv {
  return { ...environmentOf(tracing), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
}

/** Starts the built application on a free port, asks its route once and ends it. */
async function exchangeOf(node: string, next: string, cwd: string, tracing: Tracing): Promise<Exchange> {
  const server = spawn(node, [next, 'start', '--port', '0', '--hostname', '127.0.0.1'], {
    cwd,
    env: nextEnvironment(tracing),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(server, 'exit');
  try {
    const response = await fetch(`${await urlOf(server.stdout)}/exchange`, {
      signal: AbortSignal.timeout(ANSWER_MILLIS),
    });
    // The route answers with nothing else.
    return (await response.json()) as Exchange;
  } finally {
    server.kill();
    await exit;
  }
}

async function urlOf(output: NodeJS.ReadableStream): Promise<string> {
  let url: string | undefined;
  for await (const line of createInterface(output)) {
    url ??= /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (url !== undefined && line.includes('Ready')) return url;
  }
  throw new Error('Next.js ended before it listened');
}
