import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';
import { concurrentCalls } from '../shared/concurrent-calls.js';
import { isTraced, tell } from '../shared/spans.js';
import { entering, ofCall } from './entering.js';

/** Whose values each event of a call has found, by call. */
type Found = Record<string, Record<string, string[]>>;

async function found(tracingFirst: boolean): Promise<Found> {
  const all: Found = {};
  const tracing = isTraced ? [tracingServerInterceptor()] : [];
  const interceptors = tracingFirst ? [...tracing, entering] : [entering, ...tracing];
  const look = (call: string, event: string): void => {
    const values = ofCall.getStore();
    if (event === 'handler') values?.set('call', call);
    ((all[call] ??= {})[event] ??= []).push(String(values?.get('call')));
  };
  await concurrentCalls(interceptors, look, isTraced ? [tracingClientInterceptor()] : []);
  return all;
}

async function main(): Promise<void> {
  await tell({ 'tracing first': await found(true), 'entering first': await found(false) });
}

void main();
