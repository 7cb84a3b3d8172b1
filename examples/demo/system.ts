import { startFrontend } from './services/frontend.js';
import { startGreeter } from './services/greeter.js';
import { startTranslator } from './services/translator.js';
import type { Telemetry } from './telemetry.js';

export interface System {
  readonly frontendAddress: string;
  /** Resolves when no service has a call left. */
  stop(): Promise<void>;
}

/** frontend → greeter → translator, each a gRPC server of its own; started from the back, so that everyone finds the next. */
export async function startSystem(telemetryOf: (serviceName: string) => Telemetry): Promise<System> {
  const translator = await startTranslator(telemetryOf('translator'));
  const greeter = await startGreeter(telemetryOf('greeter'), translator.address);
  const frontend = await startFrontend(telemetryOf('frontend'), greeter.address);
  return {
    frontendAddress: frontend.address,
    async stop() {
      for (const service of [frontend, greeter, translator]) await service.stop();
    },
  };
}
