import type { Readable } from 'node:stream';

/**
 * How a stream is read: as it comes; with a pause between any two messages; not at all; by iteration; by iteration that
 * breaks off after the first message.
 */
export type Pace = 'flowing' | 'slow' | 'never' | 'iterating' | 'breaking off';

/** Reads a stream of messages. `'end'` and `'error'` are the caller's to listen to. */
export function read(stream: Readable, pace: Pace, take: (message: unknown) => void, over: () => void): void {
  switch (pace) {
    case 'flowing':
      stream.on('data', take).on('end', over);
      break;
    case 'slow':
      stream.on('data', (message) => {
        stream.pause();
        take(message);
        setImmediate(() => stream.resume());
      });
      stream.on('end', over);
      break;
    case 'never':
      over();
      break;
    case 'iterating':
      void iterate(stream, Infinity, take).then(over);
      break;
    case 'breaking off':
      void iterate(stream, 1, take).then(over);
  }
}

async function iterate(stream: Readable, count: number, take: (message: unknown) => void): Promise<void> {
  let taken = 0;
  try {
    for await (const message of stream) {
      take(message);
      if (++taken === count) break;
    }
    take('the iteration is over');
  } catch (error) {
    take(error);
  }
}
