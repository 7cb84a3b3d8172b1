import { diag, DiagLogLevel, type Attributes, type SpanContext, type TracerProvider } from '@opentelemetry/api';

/** What the suite reads of a span that has ended. SDK 2 and SDK 3 both have it. */
export interface EndedSpan {
  readonly name: string;
  readonly attributes: Attributes;
  readonly status: { readonly code: number };
  readonly parentSpanContext?: SpanContext;
  spanContext(): SpanContext;
}

interface Processor {
  onStart(): void;
  onEnd(span: EndedSpan): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

type ProviderClass = new (config: { readonly spanProcessors: readonly Processor[] }) => TracerProvider;

/** The provider of the SDK that the cell has: SDK 3 has another package for it. */
export async function providerClass(): Promise<ProviderClass> {
  const name = process.env['MATRIX_SDK'] ?? '@opentelemetry/sdk-trace-node';
  // Which of the two packages is there, and so its type, is known only when it runs.
  const sdk = (await import(name)) as { NodeTracerProvider?: ProviderClass; TracerProvider?: ProviderClass };
  const found = sdk.NodeTracerProvider ?? sdk.TracerProvider;
  if (found === undefined) throw new Error(`${name} has no provider`);
  return found;
}

const PATIENCE_MILLIS = 5000;
const POLL_MILLIS = 5;

/** The spans of one side. */
export class Telemetry {
  readonly ended: EndedSpan[] = [];
  readonly provider: TracerProvider;
  started = 0;

  constructor(Provider: ProviderClass) {
    const processor: Processor = {
      onStart: () => {
        this.started++;
      },
      onEnd: (span) => void this.ended.push(span),
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    };
    this.provider = new Provider({ spanProcessors: [processor] });
  }

  async until(done: () => boolean): Promise<void> {
    for (let waited = 0; waited < PATIENCE_MILLIS && !done(); waited += POLL_MILLIS) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
    }
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
