import { PeerProcess, type Command, type Limits } from '../../../e2e/interop/peer-process.js';

const PATIENT: Limits = { readyMillis: 50_000, endMillis: 50_000 };
/** Reached only by a peer that hangs for ever. */
const IMPATIENT: Limits = { readyMillis: 100, endMillis: 100 };

const READY = { ready: { port: 1234, versions: ['grpc 1', 'otel 2'] } };
const HANG = 'setInterval(() => undefined, 1_000_000);';
const SPAN = { service: 'java', name: 'test.Echo/Unary', kind: 'SERVER', traceId: 'a', spanId: 'b', sampled: true };

const cleanups: (() => Promise<void>)[] = [];
const stage = { onEnd: (cleanup: () => Promise<void>) => void cleanups.push(cleanup) };

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function program(script: string): Command {
  return { command: process.execPath, args: ['-e', script] };
}

function say(line: unknown): string {
  return `console.log(${JSON.stringify(JSON.stringify(line))});`;
}

it('a peer that serves tells its address and its versions, and in the end its spans', async () => {
  const end = `process.stdin.resume().on('end', () => { ${say({ span: SPAN })} });`;
  const peer = await PeerProcess.start(stage, 'java', program(say(READY) + end), PATIENT);
  expect(peer.address).toBe('127.0.0.1:1234');
  expect(peer.versions).toBe('grpc 1, otel 2');
  expect(await peer.finish()).toEqual([SPAN]);
});

it('a peer that hangs before it is ready is ended, with an error that names it', async () => {
  const started = PeerProcess.start(stage, 'java', program(HANG), IMPATIENT);
  await expect(started).rejects.toThrow('java was not ready in 100 ms');
  // The reason tells that the program is over, and what it had printed.
  await expect(started).rejects.toHaveProperty('cause.cause.message', expect.stringContaining('"code":null'));
});

it('a peer that hangs at its end is ended, with an error that names it', async () => {
  const peer = await PeerProcess.start(stage, 'java', program(say(READY) + HANG), { ...PATIENT, endMillis: 100 });
  await expect(peer.finish()).rejects.toThrow('java did not end in 100 ms');
});

it('a peer that ends instead of serving says why', async () => {
  const started = PeerProcess.start(stage, 'java', program('console.error("no such jar"); process.exit(3)'), PATIENT);
  await expect(started).rejects.toThrow('java did not start');
  await expect(started).rejects.toHaveProperty('cause.message', expect.stringMatching(/"code":3.*no such jar/));
});

it('a peer that is not there is named', async () => {
  const started = PeerProcess.start(stage, 'java', { command: '/nowhere/java', args: [] }, PATIENT);
  await expect(started).rejects.toThrow('java did not start');
});

it('a peer that prints something else is refused', async () => {
  const started = PeerProcess.start(stage, 'java', program(`console.log('hello'); ${HANG}`), PATIENT);
  await expect(started).rejects.toThrow('java did not start');
  await expect(started).rejects.toHaveProperty('cause.name', 'SyntaxError');
});

it('a peer that ends badly is refused, with what it said', async () => {
  const script = `${say(READY)} process.stdin.resume().on('end', () => { console.error('a call hangs'); process.exit(4); });`;
  const peer = await PeerProcess.start(stage, 'java', program(script), PATIENT);
  await expect(peer.finish()).rejects.toThrow('java ended with 4:\na call hangs');
});
