import { Controller } from '@nestjs/common';
import { GrpcMethod, GrpcStreamMethod } from '@nestjs/microservices';
import { map, type Observable } from 'rxjs';
import { setTimeout as delay } from 'node:timers/promises';
import type { TranslateReply } from '../../protos/types/demo/TranslateReply.js';
import type { TranslateRequest__Output } from '../../protos/types/demo/TranslateRequest.js';
import { sayWhere } from './telemetry.js';

const GREETINGS: Readonly<Record<string, string>> = { de: 'Hallo', fr: 'Bonjour', it: 'Ciao' };

function translation({ text, language }: TranslateRequest__Output): TranslateReply {
  return { text: text.replace('Hello', GREETINGS[language] ?? 'Hello') };
}

@Controller()
export class TranslatorController {
  @GrpcMethod('Translator', 'Translate')
  async translate(request: TranslateRequest__Output): Promise<TranslateReply> {
    sayWhere('Translate: handler');
    await delay(5);
    sayWhere('Translate: after a pause');
    return translation(request);
  }

  @GrpcStreamMethod('Translator', 'TranslateAll')
  translateAll(requests: Observable<TranslateRequest__Output>): Observable<TranslateReply> {
    sayWhere('TranslateAll: handler');
    return requests.pipe(
      map((request) => {
        sayWhere('TranslateAll: message');
        return translation(request);
      }),
    );
  }
}
