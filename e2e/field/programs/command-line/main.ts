import { tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { serveEcho } from '../shared/echo-service.js';
import { isTraced, tell } from '../shared/spans.js';

const { TOOL = '', EXECUTABLE = '' } = process.env;

/** What a program printed, and its exit code where it failed. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  return new Promise((resolve) => {
    execFile(command, [...args], { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error?.code, stdout, stderr });
    });
  });
}

/** The script names the tool, whose executable is elsewhere. */
function runScript(address: string): Promise<unknown> {
  const script = `${TOOL}() { "$EXECUTABLE" "$@"; }; . "${join(__dirname, `${TOOL}.sh`)}"`;
  return run('sh', ['-c', script], { ADDRESS: address });
}

const TRACEPARENT = 'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

function grpcurl(address: string, method: string, ...texts: readonly string[]): Promise<unknown> {
  const messages = texts.map((text) => JSON.stringify({ text })).join('');
  const args = ['-plaintext', '-proto', 'protos/echo.proto', '-H', TRACEPARENT, '-d', messages, address, method];
  return run(EXECUTABLE, args);
}

async function byGrpcurl(address: string): Promise<unknown> {
  return [
    await runScript(address),
    await grpcurl(address, 'test.Echo/ClientStream', 'hello', 'hello'),
    await grpcurl(address, 'test.Echo/ServerStream', 'hello'),
    await grpcurl(address, 'test.Echo/Bidi', 'hello', 'hello'),
    await grpcurl(address, 'test.Echo/Unary', 'refuse'),
  ];
}

/** What is not about time: how many calls there were of each status. */
async function byGhz(address: string): Promise<unknown> {
  const printed = JSON.stringify(await runScript(address));
  return printed.match(/\[\w+\] +\d+ responses/g);
}

async function main(): Promise<void> {
  const server = await serveEcho(isTraced ? [tracingServerInterceptor()] : []);
  const seen = await (TOOL === 'ghz' ? byGhz : byGrpcurl)(server.address);
  await server.close();
  await tell(seen);
}

void main();
