import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { ClientGrpc, MicroserviceOptions } from '@nestjs/microservices';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { spanRow } from '../demo/span-row.js';
import { traceView } from '../demo/trace-view.js';
import { goOnWithoutReader } from '../without-reader.js';
import { AppModule } from './app.module.js';
import { CLIENT, type GreeterService } from './clients.js';
import { serverOptions } from './grpc-options.js';
import { recorder, sayWhere, tracerProvider } from './telemetry.js';

const PATIENCE_MILLIS = 2000;

/** Nest does not tell which port its server got, so a free one is looked for first. */
async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // The cast: address() of a server that listens on a port is never a string or null.
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return `127.0.0.1:${port}`;
}

/** A call of Nest's client begins when its Observable is subscribed to; the span that is active then is the parent. */
async function visit(greeter: GreeterService): Promise<void> {
  const one = await firstValueFrom(greeter.greet({ name: 'Ada', language: 'fr' }));
  sayWhere('caller: reply of Greet');
  const many = await lastValueFrom(greeter.greetMany({ name: 'Ada', languages: ['de', 'it'] }).pipe(toArray()));
  sayWhere('caller: replies of GreetMany');
  console.log(`\n${[one, ...many].map(({ text }) => text).join(', ')}\n`);
}

async function main(): Promise<void> {
  goOnWithoutReader();
  Logger.overrideLogger(['warn', 'error']);
  const address = await freeAddress();
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(
    AppModule.calling(address),
    serverOptions(address),
  );
  await app.listen();
  const greeter = app.get<ClientGrpc>(CLIENT).getService<GreeterService>('Greeter');
  await tracerProvider.getTracer('visitor').startActiveSpan('visit', async (span) => {
    try {
      await visit(greeter);
    } finally {
      span.end();
      await app.close();
    }
  });
  await recorder.allEnded(PATIENCE_MILLIS);
  for (const line of traceView(recorder.spans.map(spanRow), { width: 80, colour: false })) console.log(line);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
