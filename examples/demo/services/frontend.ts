import * as grpc from '@grpc/grpc-js';
import type { FrontendHandlers } from '../../../protos/types/demo/Frontend.js';
import type { GreeterClient } from '../../../protos/types/demo/Greeter.js';
import type { GreetReply__Output } from '../../../protos/types/demo/GreetReply.js';
import type { WelcomeReply } from '../../../protos/types/demo/WelcomeReply.js';
import type { WelcomeRequest__Output } from '../../../protos/types/demo/WelcomeRequest.js';
import { answering, hasCode, reply } from '../../calls.js';
import type { LocalServer } from '../../local-server.js';
import { Frontend, Greeter } from '../protos.js';
import { serve, tracedBy } from '../service.js';
import type { Telemetry } from '../telemetry.js';

type WelcomeCall = grpc.ServerUnaryCall<WelcomeRequest__Output, WelcomeReply>;

async function greet(greeter: GreeterClient, parent: WelcomeCall, language: string): Promise<string> {
  const { name } = parent.request;
  const { text } = await reply<GreetReply__Output>((callback) =>
    greeter.greet({ name, language }, { parent }, callback),
  );
  return text;
}

/** The failing call: the greeter passes on what the translator could not do, and here the caller can do without. */
async function greetInKlingon(greeter: GreeterClient, parent: WelcomeCall): Promise<string> {
  try {
    return await greet(greeter, parent, 'tlh');
  } catch (error) {
    if (hasCode(error, grpc.status.UNAVAILABLE)) return '(no Klingon today)';
    throw error;
  }
}

async function greetMany(greeter: GreeterClient, parent: WelcomeCall, languages: string[]): Promise<string[]> {
  const { name } = parent.request;
  const texts: string[] = [];
  const replies: AsyncIterable<GreetReply__Output> = greeter.greetMany({ name, languages }, { parent });
  for await (const { text } of replies) texts.push(text);
  return texts;
}

/** The cancelled call: the greeter would go on for ever, the first greeting is enough. */
function greetUntilHeard(greeter: GreeterClient, parent: WelcomeCall): Promise<string> {
  const { name } = parent.request;
  const greetings = greeter.greetMany({ name, languages: ['fr', 'de'], forever: true }, { parent });
  return new Promise((resolve, reject) => {
    let heard: string | undefined;
    greetings.on('data', ({ text }: GreetReply__Output) => {
      heard = text;
      greetings.cancel();
    });
    greetings.once('error', (error) => {
      if (heard !== undefined && hasCode(error, grpc.status.CANCELLED)) resolve(heard);
      else reject(error);
    });
  });
}

async function welcome(greeter: GreeterClient, call: WelcomeCall): Promise<WelcomeReply> {
  const english = await greet(greeter, call, 'en');
  const [others, klingon] = await Promise.all([
    greetMany(greeter, call, ['de', 'es', 'fr']),
    greetInKlingon(greeter, call),
  ]);
  const last = await greetUntilHeard(greeter, call);
  return { lines: [english, ...others, klingon, last] };
}

export async function startFrontend(telemetry: Telemetry, greeterAddress: string): Promise<LocalServer> {
  const greeter = new Greeter(greeterAddress, grpc.credentials.createInsecure(), tracedBy(telemetry));
  const handlers: FrontendHandlers = { Welcome: answering((call) => welcome(greeter, call)) };
  const server = await serve(telemetry, (to) => to.addService(Frontend.service, handlers));
  return {
    address: server.address,
    async stop() {
      await server.stop();
      greeter.close();
    },
  };
}
