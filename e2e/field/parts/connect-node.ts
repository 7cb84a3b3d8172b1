import type { Part } from '../part.js';
import { FieldProgram } from '../run-program.js';
import { assertCounts, childrenOf, ours } from '../spans.js';

const VERSION = '2.2.0';

/** Four shapes and a call that is refused. */
const calls = 5;

/** Both ways: it makes no spans, so the application's own stand for them. */
export const connectNode: Part = {
  name: 'connect-node',
  async run(stage) {
    const program = await FieldProgram.install(stage, 'connect-node', {
      '@bufbuild/protobuf': '2.17.0',
      '@connectrpc/connect': VERSION,
      '@connectrpc/connect-node': VERSION,
    });
    const { spans } = await program.runBoth();
    const versions = await program.versionOf('@connectrpc/connect-node');
    const callers = spans.filter(({ name }) => name === 'caller');
    const client = ours(spans, 'CLIENT');
    const toGrpcJs = { client: 0, linked: childrenOf(callers, ours(spans, 'SERVER')).length };
    const handled = spans.filter(({ name }) => name === 'handled');
    const toConnect = { client: client.length, linked: childrenOf(client, handled).length };
    assertCounts(toGrpcJs, { client: 0, linked: calls }, spans);
    assertCounts(toConnect, { client: calls, linked: calls }, spans);
    const row = { versions, calls, same: true };
    stage.row({ ...row, library: 'connect-node → grpc-js', how: 'tracingServerInterceptor', ...toGrpcJs });
    stage.row({ ...row, library: 'grpc-js → connect-node', how: 'tracingClientInterceptor', ...toConnect });
  },
};
