import type { ErrorEvents } from '../../lib/index.js';
import { invoke } from '../../tools/invoke.js';
import { useEcho, type EchoSetup } from '../helpers/echo.js';
import { behave } from '../helpers/echo-handlers.js';
import { LogRecords } from '../helpers/log-records.js';
import { callsOver } from '../helpers/sides.js';

const echo = useEcho();
const VARIABLE = 'OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN';

const before = process.env[VARIABLE];

beforeEach(() => {
  Reflect.deleteProperty(process.env, VARIABLE);
});

afterAll(() => {
  Reflect.deleteProperty(process.env, VARIABLE);
  Object.assign(process.env, before !== undefined && { [VARIABLE]: before });
});

/** What each choice leaves of a call that failed: events on its span, and records. */
const LEFT: Readonly<Record<ErrorEvents, readonly [events: number, records: number]>> = {
  span: [1, 0],
  logs: [0, 1],
  dup: [1, 1],
  none: [0, 0],
};

/** What a call that failed leaves on both sides of a rig that is made before `then`. */
async function left(
  options: { readonly errorEvents?: ErrorEvents | undefined } = {},
  then: () => void = () => undefined,
): Promise<Record<'client' | 'server', number[]>> {
  const records = { client: new LogRecords(), server: new LogRecords() };
  const setup: EchoSetup = {
    clientTracing: { ...options, loggerProvider: records.client.provider },
    serverTracing: { ...options, loggerProvider: records.server.provider },
  };
  const rig = await echo.start(setup);
  then();
  await invoke(rig.client, 'Unary', { metadata: behave('code 13') }).result;
  await callsOver(rig);
  const [[client], [server]] = await Promise.all([rig.clientTelemetry.spans(1), rig.serverTelemetry.spans(1)]);
  return {
    client: [client?.events.length ?? NaN, records.client.all.length],
    server: [server?.events.length ?? NaN, records.server.all.length],
  };
}

const onBothSides = (choice: ErrorEvents): Record<'client' | 'server', readonly number[]> => ({
  client: LEFT[choice],
  server: LEFT[choice],
});

describe(VARIABLE, () => {
  it('is not needed: failures are on the span', async () => {
    expect(await left()).toEqual(onBothSides('span'));
  });

  it.each<[about: string, value: string, choice: ErrorEvents]>([
    ['nothing', '', 'span'],
    ['nothing but separators', ' , ,', 'span'],
    ['one word', 'logs', 'logs'],
    ['one word', 'logs/dup', 'dup'],
    ['spaces', '  logs/dup ', 'dup'],
    ['a tab and a line break', '\tlogs\n', 'logs'],
    ['an empty word among others', 'spans,,logs,', 'logs'],
    ['dup after logs, which it beats', 'logs,logs/dup', 'dup'],
    ['dup before logs, which it beats', 'logs/dup,logs', 'dup'],
    ['a word twice', 'logs,logs', 'logs'],
    ['a word that is not known', 'logs/old', 'span'],
    ['a word that only the option knows', 'none', 'span'],
    ['another one', 'dup', 'span'],
    ['a word that only starts like one', 'logs/dup2', 'span'],
    ['a word that only ends like one', 'catalogs', 'span'],
    ['a word in capitals', 'LOGS', 'span'],
    ['a word with a space in it', 'logs /dup', 'span'],
    ['another separator', 'spans;logs', 'span'],
    ['a word of another variable', 'rpc/dup', 'span'],
    ['the name of a property of every object', '__proto__,constructor', 'span'],
  ])('%s: %j means %s', async (_about, value, choice) => {
    process.env[VARIABLE] = value;
    expect(await left()).toEqual(onBothSides(choice));
  });

  it.each<[value: string, option: ErrorEvents]>([
    ['logs', 'span'],
    ['logs', 'dup'],
    ['logs', 'none'],
    ['logs/dup', 'span'],
    ['logs/dup', 'logs'],
    ['logs/dup', 'none'],
    ['', 'logs'],
  ])('%j is beaten by the option %s', async (value, errorEvents) => {
    process.env[VARIABLE] = value;
    expect(await left({ errorEvents })).toEqual(onBothSides(errorEvents));
  });

  it('is not beaten by an option that is undefined', async () => {
    process.env[VARIABLE] = 'logs';
    expect(await left({ errorEvents: undefined })).toEqual(onBothSides('logs'));
  });

  it('is read when an interceptor is made, not at each call', async () => {
    process.env[VARIABLE] = 'logs';
    const changed = left({}, () => {
      process.env[VARIABLE] = 'logs/dup';
    });
    expect(await changed).toEqual(onBothSides('logs'));
  });
});
