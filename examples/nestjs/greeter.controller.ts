import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod, type ClientGrpc } from '@nestjs/microservices';
import { from, map, type Observable } from 'rxjs';
import type { GreetManyRequest__Output } from '../../protos/types/demo/GreetManyRequest.js';
import type { GreetReply } from '../../protos/types/demo/GreetReply.js';
import type { GreetRequest__Output } from '../../protos/types/demo/GreetRequest.js';
import { CLIENT, type TranslatorService } from './clients.js';
import { sayWhere } from './telemetry.js';

/** Greets in the languages of another service: its calls are children of the span that its handlers run in. */
@Controller()
export class GreeterController {
  constructor(@Inject(CLIENT) private readonly client: ClientGrpc) {}

  @GrpcMethod('Greeter', 'Greet')
  greet({ name, language }: GreetRequest__Output): Observable<GreetReply> {
    sayWhere('Greet: handler');
    return this.translator.translate({ text: `Hello ${name}`, language }).pipe(
      map(({ text }) => {
        sayWhere('Greet: Observable');
        return { text };
      }),
    );
  }

  @GrpcMethod('Greeter', 'GreetMany')
  greetMany({ name, languages }: GreetManyRequest__Output): Observable<GreetReply> {
    sayWhere('GreetMany: handler');
    const requests = from(languages).pipe(map((language) => ({ text: `Hello ${name}`, language })));
    return this.translator.translateAll(requests).pipe(
      map(({ text }) => {
        sayWhere('GreetMany: Observable');
        return { text };
      }),
    );
  }

  private get translator(): TranslatorService {
    return this.client.getService<TranslatorService>('Translator');
  }
}
