import { once } from 'node:events';
import type { GreeterClient } from '../../protos/types/demo/Greeter.js';
import type { TranslatorClient } from '../../protos/types/demo/Translator.js';

/** A bidi call in which each request waits for the reply to the one before. */
export async function converse(translator: TranslatorClient, texts: readonly string[]): Promise<void> {
  const call = translator.translateAll();
  const ended = once(call, 'end');
  for (const text of texts) {
    const replied = once(call, 'data');
    call.write({ text, language: 'fr' });
    await replied;
  }
  call.end();
  await ended;
}

/** A server stream of so many greetings, read to its end. Tells how many came. */
export async function readAll(greeter: GreeterClient, wanted: number): Promise<number> {
  const call = greeter.greetMany({ name: 'Ada', languages: Array.from({ length: wanted }, () => 'en') });
  let count = 0;
  call.on('data', () => (count += 1));
  await once(call, 'end');
  return count;
}
