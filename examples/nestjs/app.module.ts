import { Module, type DynamicModule } from '@nestjs/common';
import { ClientsModule } from '@nestjs/microservices';
import { CLIENT } from './clients.js';
import { GreeterController } from './greeter.controller.js';
import { clientOptions } from './grpc-options.js';
import { TranslatorController } from './translator.controller.js';

@Module({ controllers: [GreeterController, TranslatorController] })
export class AppModule {
  /** With a client of the services at this address, here the application's own. */
  static calling(address: string): DynamicModule {
    return {
      module: AppModule,
      imports: [ClientsModule.register([{ name: CLIENT, ...clientOptions(address) }])],
    };
  }
}
