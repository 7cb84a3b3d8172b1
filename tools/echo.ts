import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { join } from 'node:path';
import type { ProtoGrpcType } from '../protos/types/echo';

const definition = loadSync(join(__dirname, '../protos/echo.proto'), { defaults: true });
// loadPackageDefinition knows no message types; the generated type describes this very file.
export const { Echo } = (grpc.loadPackageDefinition(definition) as unknown as ProtoGrpcType).test;
