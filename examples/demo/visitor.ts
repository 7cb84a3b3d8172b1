import * as grpc from '@grpc/grpc-js';
import { context, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import type { FrontendClient } from '../../protos/types/demo/Frontend.js';
import { reply } from '../calls.js';
import { Frontend } from './protos.js';
import { tracedBy } from './service.js';
import type { Telemetry } from './telemetry.js';

/** The trace of a caller that has decided against recording it; every service follows. */
const UNSAMPLED = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: '1'.repeat(32),
  spanId: '1'.repeat(16),
  traceFlags: TraceFlags.NONE,
});

/** As many as it takes until connections are open and the code is compiled, which would look like slow services. */
export const WARM_UPS = 5;

/**
 * The call that the whole trace follows from, after some that nobody records. Cancelled when `interrupted` says so, and
 * with it every call below.
 *
 * @returns why it failed, if it did
 */
export async function visit(
  frontendAddress: string,
  telemetry: Telemetry,
  interrupted: AbortSignal,
): Promise<string | undefined> {
  const frontend = new Frontend(frontendAddress, grpc.credentials.createInsecure(), tracedBy(telemetry));
  try {
    for (let calls = 0; calls < WARM_UPS; calls++) {
      await context.with(UNSAMPLED, () => welcome(frontend, interrupted));
    }
    return await welcome(frontend, interrupted);
  } finally {
    frontend.close();
  }
}

async function welcome(frontend: FrontendClient, interrupted: AbortSignal): Promise<string | undefined> {
  try {
    await reply((callback) => {
      const call = frontend.welcome({ name: 'Ada' }, callback);
      if (interrupted.aborted) call.cancel();
      interrupted.addEventListener('abort', () => call.cancel());
      return call;
    });
    return undefined;
  } catch (error) {
    return String(error);
  }
}
