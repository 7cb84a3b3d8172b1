import { endpointIn, faultOf } from '../../examples/endpoint-variable.js';
import type { ProgramEnd } from '../../tools/program.js';
import { RepositoryProgram } from '../../tools/repository-program.js';

test.each([
  ['http://localhost:4318', undefined],
  ['HTTPS://collector.example/v1', undefined],
  ['http://[::1]:4318', undefined],
  ['foo', 'the scheme is missing'],
  ['localhost:4318', 'the scheme is missing'],
  ['//localhost:4318', 'the scheme is missing'],
  ['http:localhost', 'the scheme is missing'],
  [' ', 'the scheme is missing'],
  ['grpc://localhost:4317', 'the scheme is grpc, not http or https'],
  ['http://', 'this is no URL'],
  ['http://local host', 'this is no URL'],
])('the fault of %p is %p', (endpoint, fault) => {
  expect(faultOf(endpoint)).toBe(fault);
});

test('a variable that is empty says as little as one that is not set', () => {
  expect(endpointIn({ JAEGER_ENDPOINT: '' }, 'JAEGER_ENDPOINT')).toBeUndefined();
  expect(endpointIn({}, 'JAEGER_ENDPOINT')).toBeUndefined();
});

const programs: RepositoryProgram[] = [];

afterEach(async () => {
  for (const program of programs.splice(0)) await program.kill();
});

function run(file: string, env: NodeJS.ProcessEnv): Promise<ProgramEnd> {
  const program = new RepositoryProgram(`examples/${file}`, env);
  programs.push(program);
  return program.ended;
}

const JAEGER = 'JAEGER_ENDPOINT=foo: the scheme is missing. It is a whole URL, as http://localhost:14268/api/traces';
const OTLP =
  'OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4318: the scheme is missing. It is a whole URL, as http://localhost:4318';

test.each([
  ['demo/main.ts', { JAEGER_ENDPOINT: 'foo' }, JAEGER],
  ['demo/main.ts', { OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' }, OTLP],
  ['greeter/client.ts', { JAEGER_ENDPOINT: 'foo' }, JAEGER],
  ['greeter/server.ts', { OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' }, OTLP],
  ['otlp/main.ts', { OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' }, OTLP],
])('%s with %p says what is wrong before it does anything', async (file, env, line) => {
  expect(await run(file, env)).toEqual({ code: 1, stdout: [], stderr: [line] });
});
