import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import type { ProtoGrpcType } from '../../protos/types/health.js';
import type { HealthCheckResponse__Output } from '../../protos/types/grpc/health/v1/HealthCheckResponse.js';
import type { HealthHandlers } from '../../protos/types/grpc/health/v1/Health.js';
import { reply } from '../calls.js';

// The cast: proto-loader reads the file at run time, and the generated type says what is in it.
const loaded = grpc.loadPackageDefinition(
  loadSync(join(__dirname, '../../protos/health.proto'), { defaults: true }),
) as unknown as ProtoGrpcType;
const { Health } = loaded.grpc.health.v1;

const SERVING = 1;

/** gRPC's health service, which load balancers and Kubernetes ask every few seconds. */
export function addHealth(server: grpc.Server): void {
  const check: HealthHandlers['Check'] = (_call, callback) => callback(null, { status: SERVING });
  server.addService(Health.service, { Check: check });
}

/** Asks as they do, without tracing. */
export async function isServing(address: string): Promise<boolean> {
  const client = new Health(address, grpc.credentials.createInsecure());
  try {
    const { status } = await reply<HealthCheckResponse__Output>((callback) => client.check({}, callback));
    return status === SERVING;
  } finally {
    client.close();
  }
}
