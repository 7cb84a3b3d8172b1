import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { EchoClient as _test_EchoClient, EchoDefinition as _test_EchoDefinition } from './test/Echo';
import type { Msg as _test_Msg, Msg__Output as _test_Msg__Output } from './test/Msg';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  test: {
    Echo: SubtypeConstructor<typeof grpc.Client, _test_EchoClient> & { service: _test_EchoDefinition }
    Msg: MessageTypeDefinition<_test_Msg, _test_Msg__Output>
  }
}

