import type { SpanLine } from '../../../exchange.js';
import { Receiver } from '../receiver.js';
import { spansSent } from './spans-sent.js';

/**
 * Starts Sentry, and only then loads and does what it is to see.
 *
 * @returns what came of that, and what Sentry has sent
 */
export async function withSentry<T>(
  instrument: () => Promise<unknown>,
  act: () => Promise<T>,
): Promise<{ readonly seen: T; readonly spans: readonly SpanLine[] }> {
  const receiver = await Receiver.start();
  process.env['SENTRY_DSN'] = `http://key@${receiver.host}/1`;
  await instrument();
  const seen = await act();
  const Sentry = await import('@sentry/node');
  await Sentry.close();
  return { seen, spans: spansSent(await receiver.end()) };
}
