import * as grpc from '@grpc/grpc-js';
import { tracingClientInterceptor, tracingServerInterceptor } from '../../lib/index.js';
import { Echo } from '../../tools/echo.js';

/** What plain JavaScript lets through. */
function unchecked(value: unknown): never {
  return value as never;
}

describe('an interceptor that was passed to the other side is refused', () => {
  it('on a client, where the call is made', () => {
    const client = new Echo('127.0.0.1:1', grpc.credentials.createInsecure(), {
      interceptors: [unchecked(tracingServerInterceptor())],
    });
    expect(() => client.Unary({ text: 'hello' }, () => undefined)).toThrow(
      new TypeError('tracingServerInterceptor was passed to a client, which takes tracingClientInterceptor'),
    );
    client.close();
  });

  it('on a server, where the call arrives', () => {
    // As the server calls it, which lets what is thrown end the process.
    const asServerInterceptor: grpc.ServerInterceptor = unchecked(tracingClientInterceptor());
    const definition = { path: '/test.Echo/Unary', requestStream: false, responseStream: false };
    expect(() => asServerInterceptor(unchecked(definition), unchecked({ start: () => undefined }))).toThrow(
      new TypeError('tracingClientInterceptor was passed to a server, which takes tracingServerInterceptor'),
    );
  });
});

describe('the function that makes an interceptor, in its place in a list', () => {
  it('is refused on a client, where the call is made', () => {
    const client = new Echo('127.0.0.1:1', grpc.credentials.createInsecure(), {
      interceptors: [unchecked(tracingClientInterceptor)],
    });
    expect(() => client.Unary({ text: 'hello' }, () => undefined)).toThrow(
      new TypeError('client tracing: call the function, interceptors: [tracingClientInterceptor()]'),
    );
    client.close();
  });

  it('is refused on a server, where the call arrives', () => {
    const definition = { path: '/test.Echo/Unary', requestStream: false, responseStream: false };
    expect(() => tracingServerInterceptor(unchecked(definition))).toThrow(
      new TypeError('server tracing: call the function, interceptors: [tracingServerInterceptor()]'),
    );
  });
});
