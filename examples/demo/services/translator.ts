import { setTimeout as elapsed } from 'node:timers/promises';
import * as grpc from '@grpc/grpc-js';
import type { TranslateReply } from '../../../protos/types/demo/TranslateReply.js';
import type { TranslateRequest__Output } from '../../../protos/types/demo/TranslateRequest.js';
import type { TranslatorHandlers } from '../../../protos/types/demo/Translator.js';
import { answering, Refusal, statusOf } from '../../calls.js';
import type { LocalServer } from '../../local-server.js';
import { Translator } from '../protos.js';
import { serve } from '../service.js';
import type { Telemetry } from '../telemetry.js';

const HELLO: Readonly<Record<string, string>> = { de: 'Hallo', en: 'Hello', es: 'Hola', fr: 'Bonjour' };

/** Work that takes long enough to be seen as a bar. */
const LOOK_UP_MILLIS = 12;

async function translate({ text, language }: TranslateRequest__Output): Promise<TranslateReply> {
  await elapsed(LOOK_UP_MILLIS);
  const hello = HELLO[language];
  if (hello === undefined) throw new Refusal(grpc.status.UNAVAILABLE, `the ${language} dictionary is lent out`);
  return { text: text.replace('Hello', hello) };
}

const handlers: TranslatorHandlers = {
  Translate: answering((call) => translate(call.request)),
  TranslateAll: (call) => {
    call.on('data', (request: TranslateRequest__Output) => {
      // One at a time: the next request is read when the reply to this one has been written.
      call.pause();
      translate(request).then(
        (translated) => {
          call.write(translated);
          call.resume();
        },
        (error: unknown) => call.emit('error', statusOf(error)),
      );
    });
    call.on('end', () => call.end());
  },
};

export function startTranslator(telemetry: Telemetry): Promise<LocalServer> {
  return serve(telemetry, (server) => server.addService(Translator.service, handlers));
}
