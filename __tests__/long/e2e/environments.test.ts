import { status } from '@grpc/grpc-js';
import { ENVIRONMENTS } from '../../../e2e/environments/environments.js';
import { Fixture } from '../../../e2e/environments/fixture.js';
import { linkedSpans, runProgram } from '../../../e2e/environments/run.js';
import { autoRelease, SDKS } from '../../../tools/sdks.js';
import { expectedSpan } from '../../helpers/expected-span.js';
import { plainSpan } from '../../helpers/plain-span.js';
import { README, tableRows } from '../../helpers/readme.js';

const HEAD = ['environment', 'here', ...SDKS.map((sdk) => `auto ${autoRelease(sdk)}`)];

/** What the README says that an environment leaves, by the heads of its table. */
function told(environment: string): ReadonlyMap<string, string> {
  const row = tableRows('Where it works').find(([name]) => name === environment) ?? [];
  return new Map(HEAD.map((head, index) => [head, row[index] ?? 'nothing']));
}

it('the README names the releases of the auto instrumentation that these are', () => {
  expect(README.replaceAll(/ {2,}/g, ' ')).toContain(`| ${HEAD.join(' | ')} |`);
});

describe.each(SDKS)('$name', (sdk) => {
  let fixture: Fixture;
  let node: string;

  beforeAll(async () => {
    node = await sdk.node();
    fixture = await Fixture.create(sdk);
  });

  afterAll(() => fixture.remove());

  describe.each(ENVIRONMENTS)('$name', ({ name, build }) => {
    let file: string;

    beforeAll(async () => {
      file = await build(fixture);
    });

    it('the interceptors of the built package leave two linked spans', async () => {
      const { port, spans } = await runProgram(file, 'here', [node]);
      const ok = { code: status.OK, details: 'OK' };
      const [server, client] = spans.toSorted((a, b) => a.kind - b.kind);
      expect([server, client].map((span) => span && plainSpan(span))).toEqual([
        expectedSpan('server', 'Unary', ok, port),
        expectedSpan('client', 'Unary', ok, port),
      ]);
      expect(server).toMatchObject({ traceId: client?.traceId, parentSpanId: client?.spanId });
      expect(spans).toHaveLength(2);
    });

    it('the README tells how many linked ones are left, here and by the auto instrumentation', async () => {
      const here = linkedSpans(await runProgram(file, 'here', [node]));
      const auto = linkedSpans(await runProgram(file, 'auto', [node]));
      expect([here, auto].map(String)).toEqual([told(name).get('here'), told(name).get(`auto ${autoRelease(sdk)}`)]);
    });
  });
});
