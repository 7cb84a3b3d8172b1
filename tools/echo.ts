import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { join } from 'node:path';
import type { ProtoGrpcType } from '../protos/types/echo';

const definition = loadSync(join(__dirname, '../protos/echo.proto'), { defaults: true });

/** The echo service, for whoever has a copy of grpc-js of their own. */
export function echoOf(module: typeof grpc): ProtoGrpcType['test']['Echo'] {
  // loadPackageDefinition knows no message types; the generated type describes this very file.
  return (module.loadPackageDefinition(definition) as unknown as ProtoGrpcType).test.Echo;
}

export const Echo = echoOf(grpc);
