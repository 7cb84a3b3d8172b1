import { InterceptingCall, type Interceptor } from '@grpc/grpc-js';

/** A client interceptor that holds back the start of its calls, as one that fetches a token does, until it is told. */
export class HeldStarts {
  private readonly held: (() => void)[] = [];

  readonly interceptor: Interceptor = (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start: (metadata, listener, next) => {
        this.held.push(() => next(metadata, listener));
      },
    });

  /** Starts the calls that are held, and no others. */
  letGo(): void {
    for (const start of this.held.splice(0)) start();
  }
}
