import { table } from '../../tools/table.js';
import type { StormArguments } from './arguments.js';
import { NO_STATUS } from './caller.js';
import { callsInFlight } from './calls-in-flight.js';
import { codeName, countBy, differences, wrongClientSpans } from './differences.js';
import { reasonFor } from './reasons.js';
import type { StormResult } from './storm.js';

/** What may stay on the heap, and from how many calls on the slope says something: fewer are warm-up for the most part. */
const MAX_GROWTH_BYTES = 1024;
const CALLS_TO_JUDGE_GROWTH = 1_000_000;

/** The tables that a storm ends with. */
export function report(settings: StormArguments, result: StormResult): string {
  const { calls, seed, bare } = settings;
  const outcomes = [...countBy(result.codes.caller)].sort(([, one], [, other]) => other - one);
  return [
    `${count(calls)} calls${bare ? ' without interceptors' : ''} in ${result.seconds.toFixed(0)} s (seed ${seed}), ${count(result.cuts)} sockets cut, ${count(result.kills)} servers killed`,
    table(
      ['client got', 'calls'],
      outcomes.map(([code, number]) => [codeName(code), count(number)]),
    ),
    ...(bare ? [] : spanTables(result)),
    table(['what', 'value'], measures(result)),
  ].join('\n\n');
}

function spanTables({ codes, client, server, counters, stranded, warnings }: StormResult): string[] {
  return [
    table(
      ['spans', 'CLIENT', 'SERVER'],
      [
        ['started', count(client.started), count(server.started)],
        ['ended', count(client.ended), count(server.ended)],
        ['ended twice', count(client.endedTwice), count(server.endedTwice)],
      ],
    ),
    table(
      ['calls in flight', 'series', 'most in one', 'least in one', 'in all at the end'],
      callsInFlight(counters).map(({ counter, series, most, least, now }) => [
        counter,
        count(series),
        count(most),
        count(least),
        count(now),
      ]),
    ),
    table(
      ['what', 'value'],
      [
        ['warnings told to `diag`', count(warnings.count)],
        ['spans that ended only with their connection', count(stranded)],
        ['CLIENT spans that say another code than the caller got', count(wrongClientSpans(codes))],
      ],
    ),
    table(
      ['client got', 'SERVER span says', 'calls', 'because'],
      differences(codes).map((pair) => [
        codeName(pair.client),
        codeName(pair.server),
        count(pair.calls),
        reasonFor(pair) ?? 'unexplained',
      ]),
    ),
  ];
}

function measures({ heap, delays }: StormResult): string[][] {
  return [
    ['heap growth per 1,000 calls, bytes', heap.growthPerThousand().toFixed(0)],
    ['samples of the heap that it is fitted to', count(heap.counted)],
    ['heap at the end, MB', (heap.last / 1e6).toFixed(1)],
    ['event loop late by, p50, ms', delays.p50.toFixed(1)],
    ['event loop late by, p99, ms', delays.p99.toFixed(1)],
    ['event loop late by, max, ms', delays.max.toFixed(1)],
  ];
}

/** What is wrong with a storm's result; empty when it passed. */
export function faults({ calls, bare }: StormArguments, result: StormResult): string[] {
  const { codes, client, server, counters, warnings, heap } = result;
  const traced = bare ? 0 : calls;
  const lost = codes.caller.filter((code) => code === NO_STATUS).length;
  const growth = heap.growthPerThousand();
  const checks: readonly (readonly [boolean, string])[] = [
    [client.started !== traced, `${client.started} CLIENT spans of ${traced} calls`],
    [client.open !== 0, `${client.open} CLIENT spans did not end`],
    [server.open !== 0, `${server.open} SERVER spans did not end`],
    [client.endedTwice + server.endedTwice > 0, `${client.endedTwice + server.endedTwice} spans ended twice`],
    [warnings.count > 0, `${warnings.count} warnings, such as: ${[...warnings.first].join('; ')}`],
    [!bare && wrongClientSpans(codes) > 0, `${wrongClientSpans(codes)} CLIENT spans say what the caller did not get`],
    [lost > 0, `${lost} calls got no status`],
    ...callsInFlight(counters).flatMap(({ counter, series, least, now }): [boolean, string][] => [
      [!bare && series === 0, `${counter} has no series`],
      [least < 0, `a series of ${counter} has been ${least}`],
      [now !== 0, `${now} calls are in flight for ever, says ${counter}`],
    ]),
    [
      calls >= CALLS_TO_JUDGE_GROWTH && growth >= MAX_GROWTH_BYTES,
      `the heap grows by ${growth.toFixed(0)} bytes per 1,000 calls`,
    ],
  ];
  return checks.filter(([isWrong]) => isWrong).map(([, fault]) => fault);
}

function count(number: number): string {
  return number.toLocaleString('en');
}
