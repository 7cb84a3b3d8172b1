import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

// The cast: what proto-loader reads of a service is one.
const greeter = loadSync('protos/helloworld.proto')['helloworld.Greeter'] as grpc.ServiceDefinition;
const Greeter = grpc.makeClientConstructor(greeter, 'Greeter');

const server = new grpc.Server();
server.addService(greeter, {
  SayHello: (call: grpc.ServerUnaryCall<{ name: string }, object>, callback: grpc.sendUnaryData<object>) =>
    callback(null, { message: `Hello ${call.request.name}` }),
});
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (_error, port) => {
  const address = `127.0.0.1:${port}`;
  const client = new Greeter(address, grpc.credentials.createInsecure());
  client.SayHello?.({ name: 'world' }, (error: grpc.ServiceError | null, reply?: { message: string }) => {
    console.log(error ?? reply?.message);
    client.close();
    server.tryShutdown(() => undefined);
  });
});
