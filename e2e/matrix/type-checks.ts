import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { install } from '../../tools/cache.js';
import { SDK_2 } from './cells.js';

const run = promisify(execFile);

const TYPESCRIPTS = ['5.0', '5.4', '5.9', '6', '7'] as const;

/** How a consumer resolves modules, with the module kind that goes with it. */
const RESOLUTIONS = [
  { name: 'node16', module: 'node16', moduleResolution: 'node16' },
  { name: 'bundler', module: 'esnext', moduleResolution: 'bundler' },
] as const;

const COMPILE_MILLIS = 120_000;

/** Uses every kind of export, as an application would. */
const CONSUMER = `import * as grpc from '@grpc/grpc-js';
import { InMemorySpanExporter, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import {
  allOf, GrpcTraceBinPropagator, healthCheck, metadataGetter, metadataSetter, not, ServiceNamePropagator, traceFields,
  tracingClientInterceptor, tracingServerInterceptor, withTracing,
  type ClientTracingOptions, type RpcInfo, type ServerTracingOptions,
} from 'grpc-js-opentelemetry';
import { assertChildOf, assertSpanLink, assertTraced, InMemoryTelemetry } from 'grpc-js-opentelemetry/testing';

const tracerProvider = new NodeTracerProvider();
const name = (rpc: RpcInfo): string => rpc.fullMethod;
const server: ServerTracingOptions = { tracerProvider, filter: allOf(not(healthCheck)), trustIncoming: (rpc) => name(rpc) !== '' };
const client: ClientTracingOptions = { propagator: new GrpcTraceBinPropagator(), endHook: (_span, _rpc, { code }) => void code };
export const made = new grpc.Server({ interceptors: [tracingServerInterceptor(server)] });
export const options: grpc.ClientOptions = { interceptors: [tracingClientInterceptor(client)] };
export const call: grpc.CallOptions = withTracing({ deadline: 1 });
export const rest = [metadataGetter, metadataSetter, traceFields(), new ServiceNamePropagator({ serviceName: 'a' })];
export const telemetry = new InMemoryTelemetry((recorder) => new NodeTracerProvider({ spanProcessors: [recorder] }));
const { tracerProvider: own }: { tracerProvider: NodeTracerProvider } = telemetry;
export const tested = [tracingClientInterceptor({ tracerProvider: own }), telemetry.ended(2)];
assertChildOf(telemetry.spans[0], assertTraced(new InMemorySpanExporter().getFinishedSpans(), { method: 'a.B/C', code: 'OK' }));
assertSpanLink(telemetry.spans[0], { traceId: '', spanId: '', traceFlags: 0 }, { reason: 'retry' });
`;

export interface TypeResult {
  readonly typescript: string;
  readonly resolution: string;
  readonly ok: boolean;
  /** Whether the declarations of the dependencies were checked too. */
  readonly checkedLibraries: boolean;
  readonly output: string;
}

/** Compiles a consumer of the packed package; once more without the dependencies' declarations, if those fail. */
export async function checkTypes(tarball: string): Promise<TypeResult[]> {
  const results: TypeResult[] = [];
  for (const typescript of TYPESCRIPTS) {
    const directory = await install(join('types', typescript), {
      ...SDK_2.dependencies,
      '@grpc/grpc-js': '~1.14.0',
      '@types/node': '^20.0.0',
      'grpc-js-opentelemetry': `file:${tarball}`,
      typescript: `~${typescript.includes('.') ? `${typescript}.0` : `${typescript}.0.0`}`,
    });
    await writeFile(join(directory, 'consumer.mts'), CONSUMER);
    await writeFile(join(directory, 'consumer.cts'), CONSUMER);
    for (const resolution of RESOLUTIONS) {
      const strictest = await compile(directory, resolution, false);
      const output = strictest === '' ? '' : await compile(directory, resolution, true);
      results.push({
        typescript,
        resolution: resolution.name,
        ok: output === '',
        checkedLibraries: strictest === '',
        output: output || strictest,
      });
    }
  }
  return results;
}

/** @returns what the compiler complains about. */
async function compile(
  directory: string,
  { name, module, moduleResolution }: (typeof RESOLUTIONS)[number],
  skipLibCheck: boolean,
): Promise<string> {
  const project = join(directory, name);
  await mkdir(project, { recursive: true });
  const compilerOptions = {
    module,
    moduleResolution,
    target: 'es2022',
    strict: true,
    skipLibCheck,
    noEmit: true,
    types: ['node'],
  };
  await writeFile(
    join(project, 'tsconfig.json'),
    // A bundler reads ES modules alone.
    JSON.stringify({
      compilerOptions,
      files: name === 'bundler' ? ['../consumer.mts'] : ['../consumer.mts', '../consumer.cts'],
    }),
  );
  try {
    await run(join(directory, 'node_modules', '.bin', 'tsc'), ['-p', project], { timeout: COMPILE_MILLIS });
    return '';
  } catch (error) {
    // execFile's error carries what the program printed.
    return typeof error === 'object' && error !== null && 'stdout' in error
      ? String(error.stdout) || 'failed'
      : String(error);
  }
}
