import type { ClientOptions } from '@grpc/grpc-js';

/**
 * A client whose calls grpc-js itself makes up to three times, the next one after each delay while none has answered, or
 * when one has failed with one of these codes.
 */
export function hedgingPolicy(hedgingDelay: string, nonFatalStatusCodes: readonly string[]): ClientOptions {
  return {
    'grpc.service_config': JSON.stringify({
      loadBalancingConfig: [],
      methodConfig: [
        { name: [{ service: 'test.Echo' }], hedgingPolicy: { maxAttempts: 3, hedgingDelay, nonFatalStatusCodes } },
      ],
    }),
  };
}
