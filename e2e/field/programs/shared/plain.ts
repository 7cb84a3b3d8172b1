import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';

export const serverInterceptors = [tracingServerInterceptor()];
export const clientInterceptors = [tracingClientInterceptor()];
