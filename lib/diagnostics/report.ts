import { diag, type DiagLogger } from '@opentelemetry/api';

/**
 * Tells `diag` what went wrong on the side of tracing. Nothing of ours may reach the application as an exception, and
 * the application's own diagnostic logger is no exception to that.
 */
export function report(what: string, error: unknown): void {
  try {
    diag.error(`grpc-js-opentelemetry: ${what}`, error);
  } catch {
    // A logger that throws leaves nobody to tell.
  }
}

/** Tells what is likely to be a mistake, by default to `diag`. */
export function warn(text: string, logger: Pick<DiagLogger, 'warn'> = diag): void {
  try {
    logger.warn(`grpc-js-opentelemetry: ${text}`);
  } catch {
    // As above.
  }
}
