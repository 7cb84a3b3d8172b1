import * as grpc from '@grpc/grpc-js';
import { reply } from '../calls.js';
import { Frontend } from './protos.js';
import { tracedBy } from './service.js';
import type { Telemetry } from './telemetry.js';

/**
 * The call that the whole trace follows from. Cancelled when `interrupted` says so, and with it every call below.
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
    await reply((callback) => {
      const call = frontend.welcome({ name: 'Ada' }, callback);
      if (interrupted.aborted) call.cancel();
      interrupted.addEventListener('abort', () => call.cancel());
      return call;
    });
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    frontend.close();
  }
}
