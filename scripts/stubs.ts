import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { install } from '../tools/cache.js';
import { ROOT } from '../tools/places.js';

/** Generates the stubs that the tests call, with generators that are installed into the cache: they are large. */
async function main(): Promise<void> {
  const generators = await install('generators', {
    '@bufbuild/buf': '1.75.0',
    '@bufbuild/protoc-gen-es': '2.17.0',
    '@protobuf-ts/plugin': '2.11.1',
    'ts-proto': '2.18.0',
  });
  const bin = (name: string): string => join(generators, 'node_modules', '.bin', name);
  const out = (name: string): string => join('protos', 'stubs', name);
  const tsProto = ['esModuleInterop=true', 'importSuffix=.js'];
  const template = {
    version: 'v2',
    plugins: [
      { local: bin('protoc-gen-ts_proto'), out: out('ts-proto'), opt: ['outputServices=grpc-js', ...tsProto] },
      {
        local: bin('protoc-gen-ts_proto'),
        out: out('nice-grpc'),
        opt: ['outputServices=nice-grpc', 'outputServices=generic-definitions', 'useExactTypes=false', ...tsProto],
      },
      { local: bin('protoc-gen-es'), out: out('protobuf-es'), opt: ['target=ts', 'import_extension=js'] },
      { local: bin('protoc-gen-ts'), out: out('protobuf-ts'), opt: ['server_grpc1', 'ts_nocheck', 'eslint_disable'] },
    ],
  };
  const args = ['generate', 'protos', '--path', join('protos', 'echo.proto'), '--template', JSON.stringify(template)];
  execFileSync(bin('buf'), args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
