import { SpanKind } from '@opentelemetry/api';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { otlpEndpoint, type TraceRequest } from '../../examples/otlp/otlp-endpoint.js';
import { ROOT } from '../../tools/places.js';
import { Program, type ProgramEnd } from '../../tools/program.js';
import { snippetsOf } from '../helpers/readme.js';
import { scratchFolder } from '../helpers/scratch.js';

const page = (name: string): string => readFileSync(join(ROOT, 'docs', `${name}.md`), 'utf8');
const [EXPORTING = '', METRICS = ''] = snippetsOf(page('exporting'), 'ts');
const [GREETER = ''] = snippetsOf(page('getting-started'), 'ts');
const UNTRACED = GREETER.split('\n').filter((line) => !line.includes('NodeTracerProvider'));

/** What the greeter prints with these lines in place of those that print its spans. */
async function greeterWith(lines: string, env: NodeJS.ProcessEnv = {}): Promise<ProgramEnd> {
  const directory = await scratchFolder();
  try {
    const file = join(directory, 'greeter.ts');
    await writeFile(file, [lines, ...UNTRACED].join('\n'));
    const program = new Program(process.execPath, ['--import', 'tsx', file], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], ...env },
    });
    return await program.ended;
  } finally {
    await rm(directory, { recursive: true });
  }
}

it('the lines for SDK 2 send both spans of the greeter, in place of those that print them', async () => {
  expect(UNTRACED).toHaveLength(GREETER.split('\n').length - 2);
  const requests: TraceRequest[] = [];
  const endpoint = await otlpEndpoint((request) => requests.push(request));
  try {
    const end = await greeterWith(EXPORTING, { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.url });
    expect(end).toEqual({ code: 0, stdout: ['Hello world'], stderr: [] });
  } finally {
    await endpoint.close();
  }
  expect(requests.map(({ head }) => head)).toEqual(['POST /v1/traces, application/x-protobuf']);
  // OTLP's kinds begin with "unspecified", the API's do not.
  const kinds = requests.flatMap(({ spans }) => spans.map(({ kind }) => kind - 1));
  expect(kinds.toSorted()).toEqual([SpanKind.SERVER, SpanKind.CLIENT]);
});

it('the lines for SDK 2 print the metrics of a greeter that ends before their minute', async () => {
  const { code, stdout, stderr } = await greeterWith(METRICS);
  expect({ code, stderr }).toEqual({ code: 0, stderr: [] });
  expect(stdout.filter((line) => line.includes("name: 'rpc."))).toEqual([
    "    name: 'rpc.client.call.duration',",
    "    name: 'rpc.server.call.duration',",
  ]);
});
