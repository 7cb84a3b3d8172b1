import { status } from '@grpc/grpc-js';
import type { GreeterHandlers } from '../../protos/types/demo/Greeter.js';
import type { TranslatorHandlers } from '../../protos/types/demo/Translator.js';
import { Refusal } from '../calls.js';

/** A name that takes its time. */
export const SLOW_NAME = 'Hubert Blaine Wolfeschlegelstein';
const SLOW_MILLIS = 1500;

/** A language that there is no dictionary for, which is the caller's fault. */
export const UNKNOWN_LANGUAGE = 'tlh';
/** A language whose dictionary is lent out, which is the server's. */
export const MISSING_LANGUAGE = 'fr';

const REFUSALS: ReadonlyMap<string, Refusal> = new Map([
  [UNKNOWN_LANGUAGE, new Refusal(status.NOT_FOUND, 'no such dictionary')],
  [MISSING_LANGUAGE, new Refusal(status.UNAVAILABLE, 'the dictionary is lent out')],
]);

/** What a quick call takes. */
const quickMillis = (): number => 4 + Math.random() * 26;

export const greet: GreeterHandlers['Greet'] = ({ request: { name } }, callback) => {
  setTimeout(() => callback(null, { text: `Hello ${name}` }), name === SLOW_NAME ? SLOW_MILLIS : quickMillis());
};

export const translate: TranslatorHandlers['Translate'] = ({ request: { text, language } }, callback) => {
  setTimeout(() => callback(REFUSALS.get(language) ?? null, { text }), quickMillis());
};

/** A greeting for each language. */
export const greetMany: GreeterHandlers['GreetMany'] = (call) => {
  const { name, languages } = call.request;
  setTimeout(() => {
    for (const language of languages) call.write({ text: `Hello ${name} (${language})` });
    call.end();
  }, languages.length * quickMillis());
};

/** Nobody translates, and nobody says so. */
export const translateAll: TranslatorHandlers['TranslateAll'] = (call) => {
  call.resume();
};
