import type { Writable } from 'node:stream';
import type { Track } from './recorder.js';

/** Writes the messages and notes what came of each, waiting for `'drain'` whenever the stream asks for it. */
export async function writeAll(stream: Writable, messages: readonly unknown[], track: Track): Promise<void> {
  for (const message of messages) {
    const more = stream.write(message, (error) => track.note('written', error ?? 'no error'));
    track.note('write', more);
    // A stream that fails never drains, and then there is nobody to write for.
    if (!more) await new Promise<void>((resolve) => void stream.once('drain', resolve));
  }
}
