import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { context } from '@opentelemetry/api';
import { MODES } from './modes.js';
import { Recorder } from './recorder.js';
import { UNCAUGHT } from './scenarios-uncaught.js';
import { play } from './stage.js';

// A process of its own, because a test runner keeps uncaught exceptions to itself. Prints a record a line.
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

let recorder = new Recorder();
process.on('uncaughtException', (error, origin) => recorder.noteUncaught(origin, error));

async function main(): Promise<void> {
  const mode = MODES.find(({ name }) => name === process.env['TRACING_MODE']);
  for (const scenario of UNCAUGHT) {
    recorder = new Recorder();
    const { record } = await play(scenario, mode, recorder);
    console.log(JSON.stringify(record));
  }
}

void main();
