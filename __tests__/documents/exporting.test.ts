import { SpanKind } from '@opentelemetry/api';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { otlpEndpoint, type TraceRequest } from '../../examples/otlp/otlp-endpoint.js';
import { ROOT } from '../../tools/places.js';
import { Program } from '../../tools/program.js';
import { snippetsOf } from '../helpers/readme.js';
import { scratchFolder } from '../helpers/scratch.js';

const page = (name: string): string => readFileSync(join(ROOT, 'docs', `${name}.md`), 'utf8');
const [EXPORTING = ''] = snippetsOf(page('exporting'), 'ts');
const [GREETER = ''] = snippetsOf(page('getting-started'), 'ts');

it('the lines for SDK 2 send both spans of the greeter, in place of those that print them', async () => {
  const rest = GREETER.split('\n').filter((line) => !line.includes('NodeTracerProvider'));
  expect(rest).toHaveLength(GREETER.split('\n').length - 2);
  const requests: TraceRequest[] = [];
  const endpoint = await otlpEndpoint((request) => requests.push(request));
  const directory = await scratchFolder();
  try {
    const file = join(directory, 'greeter.ts');
    await writeFile(file, [EXPORTING, ...rest].join('\n'));
    const env = { PATH: process.env['PATH'], OTEL_EXPORTER_OTLP_ENDPOINT: endpoint.url };
    const end = await new Program(process.execPath, ['--import', 'tsx', file], { cwd: ROOT, env }).ended;
    expect(end).toEqual({ code: 0, stdout: ['Hello world'], stderr: [] });
  } finally {
    await endpoint.close();
    await rm(directory, { recursive: true });
  }
  expect(requests.map(({ head }) => head)).toEqual(['POST /v1/traces, application/x-protobuf']);
  // OTLP's kinds begin with "unspecified", the API's do not.
  const kinds = requests.flatMap(({ spans }) => spans.map(({ kind }) => kind - 1));
  expect(kinds.toSorted()).toEqual([SpanKind.SERVER, SpanKind.CLIENT]);
});
