import type { ClientOptions } from '@grpc/grpc-js';

/** A client whose calls grpc-js itself retries on these codes, up to three attempts in all. */
export function retryPolicy(retryableStatusCodes: readonly string[]): ClientOptions {
  return {
    'grpc.service_config': JSON.stringify({
      loadBalancingConfig: [],
      methodConfig: [
        {
          name: [{ service: 'test.Echo' }],
          retryPolicy: {
            maxAttempts: 3,
            initialBackoff: '0.001s',
            maxBackoff: '0.001s',
            backoffMultiplier: 1,
            retryableStatusCodes,
          },
        },
      ],
    }),
  };
}
