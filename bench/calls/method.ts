import type { MethodDefinition } from '@grpc/proto-loader';

const EMPTY = Buffer.alloc(0);

export const NOTHING = (): void => undefined;

/** As proto-loader gives it, without its types. */
export const METHOD: Omit<MethodDefinition<object, object>, 'requestType' | 'responseType' | 'options'> = {
  path: '/test.Echo/Unary',
  originalName: 'unary',
  requestStream: false,
  responseStream: false,
  requestSerialize: () => EMPTY,
  requestDeserialize: () => ({}),
  responseSerialize: () => EMPTY,
  responseDeserialize: () => ({}),
};

/** One call of one side, from its beginning to its end. */
export interface CallKind {
  readonly side: 'client' | 'server';
  readonly by: 'ours' | 'by hand';
  readonly once: () => void;
}
