import { goModuleProgram } from '../../../tools/go-module-program.js';
import type { Part } from '../part.js';
import { FieldProgram } from '../run-program.js';
import { assertCounts, ours } from '../spans.js';

const TOOLS = [
  /** Four shapes and a call that is refused. */
  { tool: 'grpcurl', module: 'github.com/fullstorydev/grpcurl', version: 'v1.9.4', calls: 5 },
  { tool: 'ghz', module: 'github.com/bojand/ghz', version: 'v0.93.0', calls: 200 },
] as const;

/** The `traceparent` that the tools are told to send. */
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';

export const commandLine: Part = {
  name: 'command-line',
  needs: ['Go'],
  async run(stage) {
    const program = await FieldProgram.install(stage, 'command-line', {});
    for (const { tool, module, version, calls } of TOOLS) {
      const executable = await goModuleProgram(stage, module, version, `./cmd/${tool}`);
      const { spans } = await program.runBoth({ env: { TOOL: tool, EXECUTABLE: executable } });
      const server = ours(spans, 'SERVER');
      const linked = server.filter(({ traceId, parentSpanId }) => traceId === TRACE_ID && parentSpanId === SPAN_ID);
      assertCounts({ linked: linked.length, all: spans.length }, { linked: calls, all: calls }, spans);
      const row = { library: tool, versions: version.slice(1), how: 'tracingServerInterceptor', calls };
      stage.row({ ...row, client: 0, linked: linked.length, same: true });
    }
  },
};
