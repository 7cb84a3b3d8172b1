import { InterceptingCall, Metadata, status, type Interceptor, type StatusObject } from '@grpc/grpc-js';

/** A client interceptor for unary calls that fail: makes them again with the same options, up to so many times in all. */
export function retrying(attempts: number): Interceptor {
  return (options, nextCall) => {
    let sentMetadata = new Metadata();
    let sentMessage: unknown;
    return new InterceptingCall(nextCall(options), {
      start(metadata, _listener, next) {
        sentMetadata = metadata;
        let made = 1;
        let answer: unknown;
        let passAnswer: (answer: unknown) => void;
        let passStatus: (outcome: StatusObject) => void;
        const settle = (outcome: StatusObject): void => {
          if (outcome.code === status.OK || made === attempts) {
            passAnswer(answer);
            passStatus(outcome);
            return;
          }
          made++;
          const attempt = nextCall(options);
          attempt.start(sentMetadata, {
            onReceiveMessage: (message: unknown) => {
              answer = message;
            },
            onReceiveStatus: settle,
          });
          attempt.sendMessage(sentMessage);
          attempt.halfClose();
        };
        next(metadata, {
          onReceiveMessage(message, pass) {
            answer = message;
            passAnswer = pass;
          },
          onReceiveStatus(outcome, pass) {
            passStatus = pass;
            settle(outcome);
          },
        });
      },
      sendMessage(message, next) {
        sentMessage = message;
        next(message);
      },
    });
  };
}
