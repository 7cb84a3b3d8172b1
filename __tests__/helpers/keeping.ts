import { InterceptingCall, ServerInterceptingCall, type Interceptor, type ServerInterceptor } from '@grpc/grpc-js';

/** Keeps the calls that it is handed, as an application may, and passes everything on. */
export function keepingServer(kept: unknown[]): ServerInterceptor {
  return (_method, call) => {
    kept.push(call);
    return new ServerInterceptingCall(call);
  };
}

/** The same, on the client. */
export function keepingClient(kept: unknown[]): Interceptor {
  return (options, nextCall) => {
    const call = nextCall(options);
    kept.push(call);
    return new InterceptingCall(call);
  };
}
