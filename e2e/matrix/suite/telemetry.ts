import { diag, DiagLogLevel } from '@opentelemetry/api';
import {
  InMemoryTelemetry,
  type RecordedSpan,
  type SdkTracerProvider,
  type SpanRecorder,
} from 'grpc-js-opentelemetry/testing';

type ProviderClass = new (config: { readonly spanProcessors: readonly SpanRecorder[] }) => SdkTracerProvider;

/** The provider of the SDK that the cell has: SDK 3 has another package for it. */
export async function providerClass(): Promise<ProviderClass> {
  const name = process.env['MATRIX_SDK'] ?? '@opentelemetry/sdk-trace-node';
  // Which of the two packages is there, and so its type, is known only when it runs.
  const sdk = (await import(name)) as { NodeTracerProvider?: ProviderClass; TracerProvider?: ProviderClass };
  const found = sdk.NodeTracerProvider ?? sdk.TracerProvider;
  if (found === undefined) throw new Error(`${name} has no provider`);
  return found;
}

const PATIENCE = { timeoutMillis: 5000 };

/** The spans of one side. A span that does not come is none to wait for longer: a row will tell that it is missing. */
export class Telemetry {
  private readonly recorded: InMemoryTelemetry;

  constructor(Provider: ProviderClass) {
    this.recorded = new InMemoryTelemetry((recorder) => new Provider({ spanProcessors: [recorder] }));
  }

  get provider(): SdkTracerProvider {
    return this.recorded.tracerProvider;
  }

  get ended(): readonly RecordedSpan[] {
    return this.recorded.spans;
  }

  async untilStarted(count: number): Promise<void> {
    await this.recorded.started(count, PATIENCE).catch(() => undefined);
  }

  async untilEnded(count: number): Promise<void> {
    await this.recorded.ended(count, PATIENCE).catch(() => undefined);
  }
}

/** What `diag` was told at warning level and above. */
export function watchDiag(): string[] {
  const lines: string[] = [];
  const note = (message: string): void => void lines.push(message);
  const ignore = (): void => undefined;
  const logger = { error: note, warn: note, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  return lines;
}
