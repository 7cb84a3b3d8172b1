import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { FrontendClient as _demo_FrontendClient, FrontendDefinition as _demo_FrontendDefinition } from './demo/Frontend';
import type { GreetManyRequest as _demo_GreetManyRequest, GreetManyRequest__Output as _demo_GreetManyRequest__Output } from './demo/GreetManyRequest';
import type { GreetReply as _demo_GreetReply, GreetReply__Output as _demo_GreetReply__Output } from './demo/GreetReply';
import type { GreetRequest as _demo_GreetRequest, GreetRequest__Output as _demo_GreetRequest__Output } from './demo/GreetRequest';
import type { GreeterClient as _demo_GreeterClient, GreeterDefinition as _demo_GreeterDefinition } from './demo/Greeter';
import type { TranslateReply as _demo_TranslateReply, TranslateReply__Output as _demo_TranslateReply__Output } from './demo/TranslateReply';
import type { TranslateRequest as _demo_TranslateRequest, TranslateRequest__Output as _demo_TranslateRequest__Output } from './demo/TranslateRequest';
import type { TranslatorClient as _demo_TranslatorClient, TranslatorDefinition as _demo_TranslatorDefinition } from './demo/Translator';
import type { WelcomeReply as _demo_WelcomeReply, WelcomeReply__Output as _demo_WelcomeReply__Output } from './demo/WelcomeReply';
import type { WelcomeRequest as _demo_WelcomeRequest, WelcomeRequest__Output as _demo_WelcomeRequest__Output } from './demo/WelcomeRequest';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  demo: {
    Frontend: SubtypeConstructor<typeof grpc.Client, _demo_FrontendClient> & { service: _demo_FrontendDefinition }
    GreetManyRequest: MessageTypeDefinition<_demo_GreetManyRequest, _demo_GreetManyRequest__Output>
    GreetReply: MessageTypeDefinition<_demo_GreetReply, _demo_GreetReply__Output>
    GreetRequest: MessageTypeDefinition<_demo_GreetRequest, _demo_GreetRequest__Output>
    Greeter: SubtypeConstructor<typeof grpc.Client, _demo_GreeterClient> & { service: _demo_GreeterDefinition }
    TranslateReply: MessageTypeDefinition<_demo_TranslateReply, _demo_TranslateReply__Output>
    TranslateRequest: MessageTypeDefinition<_demo_TranslateRequest, _demo_TranslateRequest__Output>
    Translator: SubtypeConstructor<typeof grpc.Client, _demo_TranslatorClient> & { service: _demo_TranslatorDefinition }
    WelcomeReply: MessageTypeDefinition<_demo_WelcomeReply, _demo_WelcomeReply__Output>
    WelcomeRequest: MessageTypeDefinition<_demo_WelcomeRequest, _demo_WelcomeRequest__Output>
  }
}

