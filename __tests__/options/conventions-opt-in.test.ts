import { invoke } from '../../tools/invoke.js';
import { useEcho, type EchoRig } from '../helpers/echo.js';

const echo = useEcho();
const VARIABLE = 'OTEL_SEMCONV_STABILITY_OPT_IN';

/** How to tell the conventions that a span follows: by what it calls RPC's own attributes. */
const RPC_KEYS = {
  stable: ['rpc.method', 'rpc.status_code', 'rpc.system.name'],
  dup: ['rpc.grpc.status_code', 'rpc.method', 'rpc.service', 'rpc.status_code', 'rpc.system', 'rpc.system.name'],
  old: ['rpc.grpc.status_code', 'rpc.method', 'rpc.service', 'rpc.system'],
};
type Mode = keyof typeof RPC_KEYS;

const before = process.env[VARIABLE];

beforeEach(() => {
  Reflect.deleteProperty(process.env, VARIABLE);
});

afterAll(() => {
  Reflect.deleteProperty(process.env, VARIABLE);
  Object.assign(process.env, before !== undefined && { [VARIABLE]: before });
});

/** The keys that the first spans of both sides have. */
async function rpcKeys(rig: EchoRig): Promise<Record<'client' | 'server', string[] | undefined>> {
  await invoke(rig.client, 'Unary').result;
  const [[client], [server]] = await Promise.all([rig.clientTelemetry.spans(1), rig.serverTelemetry.spans(1)]);
  const keys = (attributes = {}): string[] =>
    Object.keys(attributes)
      .filter((key) => key.startsWith('rpc.'))
      .sort();
  return { client: keys(client?.attributes), server: keys(server?.attributes) };
}

const ofBothSides = (mode: Mode): Record<'client' | 'server', string[]> => ({
  client: RPC_KEYS[mode],
  server: RPC_KEYS[mode],
});

describe(VARIABLE, () => {
  it('is not needed: the conventions are stable', async () => {
    expect(await rpcKeys(await echo.start())).toEqual(ofBothSides('stable'));
  });

  it.each<[about: string, value: string, mode: Mode]>([
    ['nothing', '', 'stable'],
    ['nothing but separators', ' , ,', 'stable'],
    ['one word', 'rpc', 'stable'],
    ['one word', 'rpc/dup', 'dup'],
    ['one word', 'rpc/old', 'old'],
    ['spaces', '  rpc/dup ', 'dup'],
    ['a tab and a line break', '\trpc/old\n', 'old'],
    ['the words of other areas', 'http,database/dup, rpc/dup ,messaging', 'dup'],
    ['an empty word among others', 'http,,rpc/old,', 'old'],
    ['only the words of other areas', 'http/dup,database', 'stable'],
    ['dup after stable, which it beats', 'rpc,rpc/dup', 'dup'],
    ['dup before stable, which it beats', 'rpc/dup,rpc', 'dup'],
    ['dup after old, which it beats', 'rpc/old,rpc/dup', 'dup'],
    ['stable after old, which it beats', 'rpc/old,rpc', 'stable'],
    ['stable before old, which it beats', 'rpc,rpc/old', 'stable'],
    ['a word twice', 'rpc/old,rpc/old', 'old'],
    ['a word that is not known', 'rpc/new', 'stable'],
    ['a word that only starts like one', 'rpc/dup2', 'stable'],
    ['a word that only ends like one', 'grpc/old', 'stable'],
    ['a word in capitals', 'RPC/DUP', 'stable'],
    ['a word with a space in it', 'rpc /dup', 'stable'],
    ['another separator', 'http;rpc/dup', 'stable'],
    ['the name of a property of every object', '__proto__,constructor', 'stable'],
  ])('%s: %j means %s', async (_about, value, mode) => {
    process.env[VARIABLE] = value;
    expect(await rpcKeys(await echo.start())).toEqual(ofBothSides(mode));
  });

  it.each<[value: string, option: Mode]>([
    ['rpc/dup', 'stable'],
    ['rpc/dup', 'old'],
    ['rpc/old', 'stable'],
    ['rpc/old', 'dup'],
    ['rpc', 'dup'],
    ['rpc', 'old'],
  ])('%s is beaten by the option %s', async (value, semanticConventions) => {
    process.env[VARIABLE] = value;
    const tracing = { semanticConventions };
    const rig = await echo.start({ clientTracing: tracing, serverTracing: tracing });
    expect(await rpcKeys(rig)).toEqual(ofBothSides(semanticConventions));
  });

  it('is not beaten by an option that is undefined', async () => {
    process.env[VARIABLE] = 'rpc/old';
    const tracing = { semanticConventions: undefined };
    const rig = await echo.start({ clientTracing: tracing, serverTracing: tracing });
    expect(await rpcKeys(rig)).toEqual(ofBothSides('old'));
  });

  it('is read when an interceptor is made, not at each call', async () => {
    process.env[VARIABLE] = 'rpc/old';
    const rig = await echo.start();
    process.env[VARIABLE] = 'rpc/dup';
    expect(await rpcKeys(rig)).toEqual(ofBothSides('old'));
  });
});
