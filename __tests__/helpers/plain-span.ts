export { plainSpan, type PlainSpan } from 'grpc-js-opentelemetry/testing';
