import { RepositoryProgram } from '../../tools/repository-program.js';
import { deadUrl, httpEndpoint, type Endpoint } from '../helpers/endpoints.js';

let program: RepositoryProgram | undefined;
let endpoint: Endpoint | undefined;

afterEach(async () => {
  await program?.kill();
  await endpoint?.close();
  program = endpoint = undefined;
});

function sendTo(url: string): RepositoryProgram {
  program = new RepositoryProgram('examples/otlp/main.ts', { OTEL_EXPORTER_OTLP_ENDPOINT: url });
  return program;
}

test('sends where OTEL_EXPORTER_OTLP_ENDPOINT says', async () => {
  const requests: string[] = [];
  endpoint = await httpEndpoint((request, response) => {
    requests.push(`${String(request.method)} ${String(request.url)}`);
    request.resume().on('end', () => response.end());
  });
  const end = await sendTo(endpoint.url).ended;

  expect(end).toEqual({ code: 0, stdout: ['Hello Ada', `sent to ${endpoint.url}`], stderr: [] });
  expect(requests).toEqual(['POST /v1/traces']);
});

test('says in one line that nobody took the spans', async () => {
  const end = await sendTo(await deadUrl()).ended;

  expect(end).toMatchObject({ code: 1, stdout: ['Hello Ada'] });
  expect(end.stderr).toEqual([expect.stringContaining('The example failed: ')]);
});
