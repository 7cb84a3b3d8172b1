import { AsyncLocalStorage } from 'node:async_hooks';
import { plain } from './plain.js';

/** What an application keeps in a storage of its own. Tracing has another one and must leave this alone. */
export const applicationStorage = new AsyncLocalStorage<string>();

/** All that was observed in a run, by observer. */
export type RunRecord = Readonly<Record<string, readonly unknown[]>>;

/** What one observer saw, in its order. */
export class Track {
  readonly notes: unknown[] = [];

  note(event: string, ...values: readonly unknown[]): void {
    this.notes.push([event, applicationStorage.getStore() ?? 'no store', ...values.map(plain)]);
  }

  /** Notes every one of these events of an emitter, with its arguments. */
  listen(emitter: { on(event: string, listener: (...values: unknown[]) => void): unknown }, events: string[]): void {
    for (const event of events) emitter.on(event, (...values) => this.note(event, ...values));
  }
}

/**
 * Takes down all that the client and the server of a run can observe. The order of events is kept per track and not
 * across tracks: which of two ends of a socket sees something first is the network's business, not tracing's.
 */
export class Recorder {
  /** Resolves at the first exception or rejection that nobody caught. */
  readonly uncaught: Promise<void>;
  private readonly tracks = new Map<string, Track>();
  private readonly lists = new Map<string, unknown[]>();
  private readonly expected: Promise<void>[] = [];
  private tellUncaught: () => void = () => undefined;

  constructor() {
    this.uncaught = new Promise((resolve) => {
      this.tellUncaught = resolve;
    });
  }

  /** The observer's own track; a second observer of the name gets one with a number. */
  track(name: string): Track {
    let key = name;
    for (let number = 2; this.tracks.has(key); number++) key = `${name} ${number}`;
    const track = new Track();
    this.tracks.set(key, track);
    return track;
  }

  /** Makes a list that somebody else fills a part of the record. */
  keep(name: string, notes: unknown[]): void {
    this.lists.set(name, notes);
  }

  /** Says that something is bound to come, without which the record is not complete; what it returns says that it came. */
  expect(): () => void {
    let come: () => void = () => undefined;
    this.expected.push(
      new Promise((resolve) => {
        come = resolve;
      }),
    );
    return come;
  }

  /** Resolves when all has come that is bound to come. */
  async complete(): Promise<void> {
    await Promise.all(this.expected);
  }

  noteUncaught(kind: string, error: unknown): void {
    const track = this.tracks.get('process') ?? this.track('process');
    track.note(kind, error);
    this.tellUncaught();
  }

  record(): RunRecord {
    const tracks = [...this.tracks].map(([name, { notes }]) => [name, notes] as const);
    return Object.fromEntries([...tracks, ...this.lists]);
  }
}
