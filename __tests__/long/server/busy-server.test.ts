import { credentials, Metadata, status } from '@grpc/grpc-js';
import { once } from 'node:events';
import type { EchoClient } from '../../../protos/types/test/Echo';
import { Echo } from '../../../tools/echo.js';
import { RepositoryProgram } from '../../../tools/repository-program.js';
import { CALL_ID, type BusyReport } from '../../helpers/busy-report.js';

/** Per row, and how far apart they begin: over ten times and more of what a server is busy and idle again. */
const CALLS = 200;
const APART_MS = 7;

/** What of the calls that a rule is about is told otherwise at the most: two processes see one moment each for itself. */
const WRONG = 0.05;

/** The rule of a cancel holds from here on, beside what the server's loop was late, in milliseconds. */
const TOLERANCE_MS = 40;

/** Until the server has read the headers of the earliest to be cancelled, on an idle machine. */
const READ_MS = 100;

interface Call {
  readonly id: string;
  readonly deadline: number;
  /** When it was cancelled, in milliseconds since the epoch. */
  readonly cancelledAt?: number;
  /** What the caller got. */
  readonly code: string;
}

interface Plan {
  readonly deadlineMs: number;
  /** How long before its deadline a call is cancelled; `undefined` where it is not. */
  readonly cancelMs?: (call: number) => number;
}

async function makeCall(client: EchoClient, number: number, { deadlineMs, cancelMs }: Plan): Promise<Call> {
  const id = String(number);
  const metadata = new Metadata();
  metadata.set(CALL_ID, id);
  const deadline = Date.now() + deadlineMs;
  return new Promise((resolve) => {
    let cancelled: Partial<Call> = {};
    const call = client.Unary({ text: id }, metadata, { deadline }, (error) =>
      resolve({ id, deadline, ...cancelled, code: status[error?.code ?? status.OK] }),
    );
    if (cancelMs === undefined) return;
    setTimeout(
      () => {
        cancelled = { cancelledAt: Date.now() };
        call.cancel();
      },
      deadlineMs - cancelMs(number),
    );
  });
}

/** Calls to a server that is busy for so long of every so long, what their caller got, and what the server says of them. */
async function callsTo(busyMs: number, everyMs: number, plan: Plan): Promise<{ calls: Call[]; report: BusyReport }> {
  const program = new RepositoryProgram('__tests__/helpers/busy-server.ts', {}, [String(busyMs), String(everyMs)]);
  try {
    const [, port = ''] = await program.line(/^port (\d+)$/);
    const client = new Echo(`127.0.0.1:${port}`, credentials.createInsecure());
    await new Promise<void>((resolve, reject) => {
      client.waitForReady(Date.now() + 60_000, (error) => (error === undefined ? resolve() : reject(error)));
    });
    const made: Promise<Call>[] = [];
    while (made.length < CALLS) {
      made.push(makeCall(client, made.length, plan));
      await once(AbortSignal.timeout(APART_MS), 'abort');
    }
    const calls = await Promise.all(made);
    client.close();
    const { stdout, stderr } = await program.finish();
    expect(stderr).toEqual([]);
    // The program's last line.
    return { calls, report: JSON.parse(stdout.at(-1) ?? '') as BusyReport };
  } finally {
    await program.kill();
  }
}

/** The codes of the spans of these calls, each that there is, and how often. */
function told(calls: readonly Call[], { codes }: BusyReport): string[] {
  return calls.flatMap(({ id }) => codes[id] ?? []);
}

/** No server is fast enough for all of them: a call that was over before its headers were read has no span. */
function expectNearlyAll(what: string, code: string, codes: readonly string[], { longestDelayMs }: BusyReport): void {
  const right = codes.filter((it) => it === code).length;
  process.stdout.write(`${what}: ${right} of ${codes.length} ${code}, loop late by ${longestDelayMs.toFixed(0)} ms\n`);
  expect(codes.length).toBeGreaterThan(CALLS / 8);
  expect(codes.length - right).toBeLessThanOrEqual(codes.length * WRONG);
}

describe.each([
  [0, 0],
  [30, 60],
  [60, 120],
  [100, 200],
])('a server that is busy for %i of every %i ms', (busyMs, everyMs) => {
  const server = `busy ${busyMs} of ${everyMs} ms`;

  it('says of a call that timed out that it timed out', async () => {
    const { calls, report } = await callsTo(busyMs, everyMs, { deadlineMs: 300 });
    const timedOut = calls.filter(({ code }) => code === 'DEADLINE_EXCEEDED');
    expect(timedOut).toHaveLength(CALLS);
    expectNearlyAll(server, 'DEADLINE_EXCEEDED', told(timedOut, report), report);
  });

  it('says of a call that was cancelled earlier than the server may be late that it was cancelled', async () => {
    const deadlineMs = 4000;
    // Most of them near the deadline, where it is hard to tell, and some so early that they count on a slow machine.
    const cancelMs = (call: number): number => (deadlineMs - READ_MS) * (call / CALLS) ** 2;
    const { calls, report } = await callsTo(busyMs, everyMs, { deadlineMs, cancelMs });
    const late = 2 * report.longestDelayMs + TOLERANCE_MS;
    const early = calls.filter(
      ({ code, deadline, cancelledAt = Infinity }) => code === 'CANCELLED' && deadline - cancelledAt > late,
    );
    expectNearlyAll(server, 'CANCELLED', told(early, report), report);
  });
});
