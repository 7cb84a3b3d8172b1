import type { Attributes, Context } from '@opentelemetry/api';
import {
  CONVENTIONS,
  exceptionAttributes,
  schemaOf,
  type Convention,
  type SemanticConventions,
} from '../conventions/attributes.js';
import {
  ATTR_ERROR_TYPE,
  EVENT_RPC_CLIENT_CALL_EXCEPTION,
  EVENT_RPC_SERVER_CALL_EXCEPTION,
} from '../conventions/semconv.js';
import { report } from '../diagnostics/report.js';
import type { RpcInfo, RpcSide } from '../rpc/rpc-info.js';
import { codeName, type CallOutcome } from '../rpc/status.js';
import { PACKAGE_NAME, PACKAGE_VERSION } from '../version.js';
import { registered } from '../diagnostics/api-registry.js';
import { hintUnlogged } from './hints.js';

/** A log record, as far as this package fills one in. */
export interface ErrorRecord {
  /** `rpc.client.call.exception` or `rpc.server.call.exception`. */
  readonly eventName: string;
  /** 13 for WARN, 17 for ERROR, by OpenTelemetry's data model for logs. */
  readonly severityNumber: number;
  /** `WARN` on the client, `ERROR` on the server. */
  readonly severityText: string;
  /** The code and the details as those of an exception, the method, and `error.type`. */
  readonly attributes: Attributes;
  /** The call's, with its span. */
  readonly context: Context;
}

/**
 * What makes loggers: the `LoggerProvider` of `@opentelemetry/api` 1.10 as well as that of `@opentelemetry/api-logs`, of which
 * this is all that is asked.
 */
export interface ErrorLoggerProvider {
  /** Asked once for each provider. */
  getLogger(
    name: string,
    version?: string,
    options?: { schemaUrl?: string },
  ): {
    /** Called for every call that failed. */
    emit(record: ErrorRecord): void;
  };
}

type Logger = ReturnType<ErrorLoggerProvider['getLogger']>;

/**
 * The record that a failed call leaves, by the conventions for RPC exceptions:
 * https://opentelemetry.io/docs/specs/semconv/rpc/rpc-exceptions/. To its caller a failure is a warning, to its server an error.
 */
const RECORD = {
  client: { eventName: EVENT_RPC_CLIENT_CALL_EXCEPTION, severityNumber: 13, severityText: 'WARN' },
  server: { eventName: EVENT_RPC_SERVER_CALL_EXCEPTION, severityNumber: 17, severityText: 'ERROR' },
};

export interface ErrorLogSources {
  readonly side: RpcSide;
  readonly loggerProvider: ErrorLoggerProvider | undefined;
  readonly conventions: SemanticConventions;
}

/** Tells a logger of the calls of one side that failed. */
export class ErrorLog {
  private readonly conventions: readonly Convention[];

  constructor(
    private readonly logger: Logger,
    { conventions }: ErrorLogSources,
  ) {
    this.conventions = CONVENTIONS[conventions];
  }

  emit(rpc: RpcInfo, { code, details }: CallOutcome, context: Context): void {
    try {
      const attributes = exceptionAttributes(code, details);
      for (const convention of this.conventions) convention.addMethod(attributes, rpc);
      attributes[ATTR_ERROR_TYPE] = codeName(code);
      this.logger.emit({ ...RECORD[rpc.side], attributes, context });
    } catch (error) {
      report('the failure could not be logged', error);
    }
  }
}

/**
 * The log of the given provider, or of the global one, which may be registered later. A provider is asked once. Undefined
 * where nobody logs, and where the provider fails, which is told once.
 */
export function errorLogOf(sources: ErrorLogSources): () => ErrorLog | undefined {
  let asked: ErrorLoggerProvider | undefined;
  let log: ErrorLog | undefined;
  return () => {
    const provider = sources.loggerProvider ?? globalLoggerProvider();
    if (provider === undefined) hintUnlogged();
    if (provider !== asked) {
      asked = provider;
      log = provider && ask(provider, sources);
    }
    return log;
  };
}

function ask(provider: ErrorLoggerProvider, sources: ErrorLogSources): ErrorLog | undefined {
  try {
    const logger = provider.getLogger(PACKAGE_NAME, PACKAGE_VERSION, schemaOf(sources.conventions));
    return new ErrorLog(logger, sources);
  } catch (error) {
    report('the logger could not be had', error);
    return undefined;
  }
}

/** That of API 1.10, which 1.9 has no name for. What the API itself hands out stands in for one where there is none. */
function globalLoggerProvider(): ErrorLoggerProvider | undefined {
  const provider = registered()?.logs;
  return isLoggerProvider(provider) ? provider : undefined;
}

function isLoggerProvider(value: unknown): value is ErrorLoggerProvider {
  return typeof value === 'object' && value !== null && 'getLogger' in value && typeof value.getLogger === 'function';
}
