import * as grpc from '@grpc/grpc-js';
import type { GreeterHandlers } from '../../../protos/types/demo/Greeter.js';
import type { TranslateReply__Output } from '../../../protos/types/demo/TranslateReply.js';
import type { TranslatorClient } from '../../../protos/types/demo/Translator.js';
import { answering, reply, statusOf } from '../../calls.js';
import type { LocalServer } from '../../local-server.js';
import { Greeter, Translator } from '../protos.js';
import { serve, tracedBy } from '../service.js';
import type { Telemetry } from '../telemetry.js';

type GreetManyCall = Parameters<GreeterHandlers['GreetMany']>[0];

function greetMany(call: GreetManyCall, translator: TranslatorClient): void {
  const { name, languages, forever } = call.request;
  const waiting = [...languages];
  // The parent: when this call is cancelled, so is the one that it makes.
  const translations = translator.translateAll({ parent: call });
  const askForNext = (): void => {
    const language = waiting.shift();
    if (language === undefined) {
      translations.end();
      return;
    }
    if (forever) waiting.push(language);
    translations.write({ text: `Hello ${name}`, language });
  };

  translations.on('data', ({ text }: TranslateReply__Output) => {
    call.write({ text });
    askForNext();
  });
  translations.on('end', () => call.end());
  translations.on('error', (error) => call.emit('error', statusOf(error)));
  askForNext();
}

function handlersWith(translator: TranslatorClient): GreeterHandlers {
  return {
    Greet: answering((call) => {
      const { name, language } = call.request;
      return reply((callback) => translator.translate({ text: `Hello ${name}`, language }, { parent: call }, callback));
    }),
    GreetMany: (call) => greetMany(call, translator),
  };
}

export async function startGreeter(telemetry: Telemetry, translatorAddress: string): Promise<LocalServer> {
  const translator = new Translator(translatorAddress, grpc.credentials.createInsecure(), tracedBy(telemetry));
  const server = await serve(telemetry, (to) => to.addService(Greeter.service, handlersWith(translator)));
  return {
    address: server.address,
    async stop() {
      await server.stop();
      translator.close();
    },
  };
}
