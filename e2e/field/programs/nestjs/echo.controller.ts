import { Controller } from '@nestjs/common';
import { GrpcMethod, GrpcStreamMethod, RpcException } from '@nestjs/microservices';
import { trace } from '@opentelemetry/api';
import { map, of, type Observable, reduce } from 'rxjs';

export interface Message {
  readonly text: string;
}

/** A request that is refused. */
export const REFUSED = 'refuse';

/** NOT_FOUND. */
const CODE = 5;

/** Below the SERVER span, where its context is active. */
function handled(): void {
  trace.getTracer('application').startSpan('handled').end();
}

@Controller()
export class EchoController {
  @GrpcMethod('Echo', 'Unary')
  unary({ text }: Message): Message {
    handled();
    if (text === REFUSED) throw new RpcException({ code: CODE, message: 'no such thing' });
    return { text };
  }

  @GrpcStreamMethod('Echo', 'ClientStream')
  clientStream(requests: Observable<Message>): Observable<Message> {
    return requests.pipe(
      reduce((texts: readonly string[], { text }) => [...texts, text], []),
      map((texts) => {
        handled();
        return { text: texts.join() };
      }),
    );
  }

  @GrpcMethod('Echo', 'ServerStream')
  serverStream(request: Message): Observable<Message> {
    handled();
    return of(request, request);
  }

  @GrpcStreamMethod('Echo', 'Bidi')
  bidi(requests: Observable<Message>): Observable<Message> {
    handled();
    return requests;
  }
}
