import { status } from '@grpc/grpc-js';
import { ENVIRONMENTS } from '../../../e2e/environments/environments.js';
import { Fixture } from '../../../e2e/environments/fixture.js';
import { runProgram } from '../../../e2e/environments/run.js';
import { expectedSpan } from '../../helpers/expected-span.js';
import { plainSpan } from '../../helpers/plain-span.js';

/** The spans that the auto instrumentation leaves: both with the module hooks it relies on, none without. */
const AUTO: Readonly<Record<string, number>> = { CommonJS: 2, 'ES modules': 0, esbuild: 0, webpack: 0, Rollup: 0 };

let fixture: Fixture;

beforeAll(async () => {
  fixture = await Fixture.create();
});

afterAll(() => fixture.remove());

describe.each(ENVIRONMENTS)('$name', ({ name, build }) => {
  let file: string;

  beforeAll(async () => {
    file = await build(fixture);
  });

  it('the interceptors of the built package leave two linked spans', async () => {
    const { port, spans } = await runProgram(file, 'here');
    const ok = { code: status.OK, details: 'OK' };
    const [server, client] = spans.toSorted((a, b) => a.kind - b.kind);
    expect([server, client].map((span) => span && plainSpan(span))).toEqual([
      expectedSpan('server', 'Unary', ok, port),
      expectedSpan('client', 'Unary', ok, port),
    ]);
    expect(server).toMatchObject({ traceId: client?.traceId, parentSpanId: client?.spanId });
    expect(spans).toHaveLength(2);
  });

  it(`the auto instrumentation leaves ${String(AUTO[name])}`, async () => {
    const { spans } = await runProgram(file, 'auto');
    expect(spans).toHaveLength(Number(AUTO[name]));
  });
});
