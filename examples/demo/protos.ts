import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { ProtoGrpcType } from '../../protos/types/demo.js';

// The cast: proto-loader reads the file at run time, and the generated type says what is in it.
const loaded = grpc.loadPackageDefinition(
  loadSync(join(__dirname, '../../protos/demo.proto'), { defaults: true }),
) as unknown as ProtoGrpcType;

export const { Frontend, Greeter, Translator } = loaded.demo;
