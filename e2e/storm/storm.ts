import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { WatchedCounters } from '../../tools/watched-counters.js';
import type { StormArguments } from './arguments.js';
import { makeCall } from './caller.js';
import { ToldCodes } from './codes.js';
import { HeapSamples } from './heap.js';
import { SpanLedger, WarningCount } from './ledger.js';
import { Line } from './line.js';
import { planCall } from './plan.js';
import { Progress } from './progress.js';
import { Random } from './random.js';
import { NO_TRACING, tracingTo } from './tracing.js';

const LINES = 4;
const CONCURRENCY = 64;

/** One in so many calls brings one of these along. */
const CUT_EVERY = 150;
const KILL_EVERY = 1500;
const REPLACE_EVERY = 2000;

const HEAP_SAMPLES = 40;
const SMALLEST_STAGE = 250;

/** How long after the last call's status the spans may take to end by themselves, and once their connections are gone. */
const OPEN_PATIENCE_MILLIS = 1000;
const SPAN_PATIENCE_MILLIS = 10_000;
const SPAN_POLL_MILLIS = 20;

/** How long the connections of killed servers may take to be closed at their clients, too, before the heap is looked at. */
const CALM_MILLIS = 250;

const DELAY_RESOLUTION_MILLIS = 10;

export interface StormResult {
  readonly codes: ToldCodes;
  readonly client: SpanLedger;
  readonly server: SpanLedger;
  /** Of the calls in flight. */
  readonly counters: WatchedCounters;
  readonly warnings: WarningCount;
  readonly heap: HeapSamples;
  readonly seconds: number;
  /** Spans that ended only when the server was killed, long after their call. */
  readonly stranded: number;
  readonly cuts: number;
  readonly kills: number;
  /** How late the event loop's timers were, in milliseconds. */
  readonly delays: { readonly p50: number; readonly p99: number; readonly max: number };
}

/** Makes the calls of a storm, a bounded number at once, and tells what became of them. */
export class Storm {
  private readonly codes: ToldCodes;
  private readonly client: SpanLedger;
  private readonly server: SpanLedger;
  private readonly counters = new WatchedCounters();
  private readonly warnings = WarningCount.install();
  private readonly heap = new HeapSamples();
  private readonly loop = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MILLIS });
  private readonly plans: Random;
  private readonly weather: Random;
  private readonly progress: Progress;
  private lines: readonly [Line, ...Line[]];
  private begun = 0;
  private done = 0;
  private stranded = 0;

  constructor(private readonly settings: StormArguments) {
    this.codes = new ToldCodes(settings.calls);
    this.client = new SpanLedger(this.codes.client);
    this.server = new SpanLedger(this.codes.server);
    // Two generators: what befalls the calls does not change what they are.
    this.plans = new Random(settings.seed);
    this.weather = new Random(-settings.seed);
    this.progress = new Progress(settings.calls);
    const { client, server, counters } = this;
    const newLine = (): Line => new Line(settings.bare ? NO_TRACING : tracingTo({ server, client }, counters.provider));
    this.lines = [newLine(), ...Array.from({ length: LINES - 1 }, newLine)];
  }

  async run(): Promise<StormResult> {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const startedAt = performance.now();
    await Promise.all(this.lines.map((line) => line.open()));
    try {
      const stage = Math.max(SMALLEST_STAGE, Math.ceil(this.settings.calls / HEAP_SAMPLES));
      while (this.begun < this.settings.calls) await this.stage(Math.min(this.begun + stage, this.settings.calls));
    } finally {
      await Promise.all(this.lines.map((line) => line.close()));
      this.progress.end();
    }
    await this.spansEnded(SPAN_PATIENCE_MILLIS);
    return this.result((performance.now() - startedAt) / 1000);
  }

  /** Calls up to that number, then a calm in which nothing is open, to look at the heap. */
  private async stage(end: number): Promise<void> {
    this.loop.enable();
    await Promise.all(Array.from({ length: CONCURRENCY }, () => this.caller(end)));
    this.loop.disable();
    await Promise.all(this.lines.map((line) => line.settled()));
    await this.spansEnded(OPEN_PATIENCE_MILLIS);
    this.stranded += this.client.open + this.server.open;
    // A stream that grpc-js forgets to close ends with its connection, and is no part of the heap that is looked at.
    await Promise.all(this.lines.map((line) => line.killServer()));
    await this.spansEnded(SPAN_PATIENCE_MILLIS);
    await delay(CALM_MILLIS);
    await this.heap.take(this.done);
  }

  private async caller(end: number): Promise<void> {
    while (this.begun < end) {
      const plan = planCall(this.begun++, this.plans);
      const line = this.weather.pick(this.lines);
      this.rage(line);
      this.codes.caller[plan.number] = await makeCall(line.client(this.weather), plan);
      this.done++;
      this.progress.update(this.done);
    }
  }

  private rage(line: Line): void {
    const { weather } = this;
    if (weather.chance(1 / CUT_EVERY)) line.cutSocket(weather);
    if (weather.chance(1 / KILL_EVERY)) void line.killServer();
    if (weather.chance(1 / REPLACE_EVERY)) line.replaceClient(weather);
  }

  /** A server may end a call after its client did. */
  private async spansEnded(patienceMillis: number): Promise<void> {
    const until = performance.now() + patienceMillis;
    while (this.client.open + this.server.open > 0 && performance.now() < until) await delay(SPAN_POLL_MILLIS);
  }

  private result(seconds: number): StormResult {
    // The histogram holds the time between two timers, which is the resolution when nothing is late.
    const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - DELAY_RESOLUTION_MILLIS);
    return {
      codes: this.codes,
      client: this.client,
      server: this.server,
      counters: this.counters,
      warnings: this.warnings,
      heap: this.heap,
      seconds,
      stranded: this.stranded,
      cuts: this.lines.reduce((total, line) => total + line.cuts, 0),
      kills: this.lines.reduce((total, line) => total + line.restarts, 0),
      delays: {
        p50: late(this.loop.percentile(50)),
        p99: late(this.loop.percentile(99)),
        max: late(this.loop.max),
      },
    };
  }
}
