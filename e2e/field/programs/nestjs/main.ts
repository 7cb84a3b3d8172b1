import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientsModule, type ClientGrpc, type GrpcOptions, type MicroserviceOptions } from '@nestjs/microservices';
import { firstValueFrom, lastValueFrom, of, toArray, type Observable } from 'rxjs';
import { freeAddress } from '../shared/free-address.js';
import { isTraced, tell } from '../shared/spans.js';
import { EchoController, REFUSED, type Message } from './echo.controller.js';
import { clientOptions, serverOptions } from './traced.js';

@Module({ controllers: [EchoController] })
class AppModule {}

const CLIENT = Symbol('client');

interface Echo {
  unary(request: Message): Observable<Message>;
  clientStream(requests: Observable<Message>): Observable<Message>;
  serverStream(request: Message): Observable<Message>;
  bidi(requests: Observable<Message>): Observable<Message>;
}

/** The same without the interceptors. */
function plain({ options, ...rest }: GrpcOptions): GrpcOptions {
  return { ...rest, options: { ...options, channelOptions: {} } };
}

async function resultsOf(echo: Echo): Promise<unknown> {
  const request = { text: 'hello' };
  return [
    await firstValueFrom(echo.unary(request)),
    await firstValueFrom(echo.clientStream(of(request, request))),
    await lastValueFrom(echo.serverStream(request).pipe(toArray())),
    await lastValueFrom(echo.bidi(of(request, request)).pipe(toArray())),
    await firstValueFrom(echo.unary({ text: REFUSED })).catch((error: Error) => error.message),
  ];
}

async function main(): Promise<void> {
  const address = await freeAddress();
  const [server, client] = [serverOptions(address), clientOptions(address)];
  const imports = [ClientsModule.register([{ name: CLIENT, ...(isTraced ? client : plain(client)) }])];
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(
    { module: AppModule, imports },
    { ...(isTraced ? server : plain(server)), logger: false },
  );
  await app.listen();
  const seen = await resultsOf(app.get<ClientGrpc>(CLIENT).getService<Echo>('Echo'));
  await app.close();
  await tell(seen);
}

void main();
