import type { Part } from '../part.js';
import { FieldProgram } from '../run-program.js';
import { assertCounts, countLinked } from '../spans.js';

const VERSION = '2.11.1';

/** Four shapes and a call that is refused. */
const calls = 5;

export const protobufTs: Part = {
  name: 'protobuf-ts',
  async run(stage) {
    const program = await FieldProgram.install(stage, 'protobuf-ts', {
      '@protobuf-ts/grpc-transport': VERSION,
      '@protobuf-ts/runtime': VERSION,
      '@protobuf-ts/runtime-rpc': VERSION,
    });
    const { spans } = await program.runBoth();
    const counts = countLinked(spans);
    assertCounts(counts, { client: calls, linked: calls }, spans);
    const versions = await program.versionOf('@protobuf-ts/grpc-transport');
    stage.row({ library: 'protobuf-ts', versions, how: 'both interceptors', calls, ...counts, same: true });
  },
};
