import type { GreeterHandlers } from '../../protos/types/demo/Greeter.js';
import type { TranslateRequest__Output } from '../../protos/types/demo/TranslateRequest.js';
import type { TranslatorHandlers } from '../../protos/types/demo/Translator.js';

/** One reply to each request, at once. */
export const translateAll: TranslatorHandlers['TranslateAll'] = (call) => {
  call.on('data', ({ text, language }: TranslateRequest__Output) => call.write({ text: `${text} (${language})` }));
  call.on('end', () => call.end());
};

/** One reply for each language of the request. */
export const greetMany: GreeterHandlers['GreetMany'] = (call) => {
  const { name, languages } = call.request;
  for (const language of languages) call.write({ text: `Hello ${name} (${language})` });
  call.end();
};
