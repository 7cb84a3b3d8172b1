import type { InterceptorOptions } from '@grpc/grpc-js';
import type { CallSpan } from '../call/call-span.js';

type ClientMethodDefinition = InterceptorOptions['method_definition'];

/**
 * Tells a span of each message of a client call with its size, without serializing it again: grpc-js makes the method
 * definition afresh for every call and serializes with this very object, so wrappers on it see this call's bytes alone.
 * An interceptor above that makes several calls with one definition at the same time mixes their events.
 *
 * @returns takes the wrappers off again, for an interceptor above that makes another call with the same definition.
 */
export function observeMessages(definition: ClientMethodDefinition, callSpan: CallSpan): () => void {
  const { requestSerialize, responseDeserialize } = definition;
  definition.requestSerialize = (message: unknown): Buffer => {
    const bytes = requestSerialize(message);
    callSpan.messageSent(sizeOf(bytes));
    return bytes;
  };
  definition.responseDeserialize = (bytes: Buffer): unknown => {
    const message: unknown = responseDeserialize(bytes);
    callSpan.messageReceived(sizeOf(bytes));
    return message;
  };
  return () => {
    definition.requestSerialize = requestSerialize;
    definition.responseDeserialize = responseDeserialize;
  };
}

/** A serializer in plain JavaScript may return anything; what then happens is for grpc-js to say. */
export function sizeOf(bytes: unknown): number | undefined {
  return bytes instanceof Uint8Array ? bytes.length : undefined;
}
