import type { ServerInterceptor } from '@grpc/grpc-js';
import * as Sentry from '@sentry/node';
import { concurrentCalls } from '../concurrent-calls.js';

/** The tags of the isolation scopes that the events of calls were in, by call. Each event has set one, named as its caller. */
export async function tagsSeen(
  interceptors: ServerInterceptor[],
): Promise<Readonly<Record<string, readonly string[]>>> {
  const seen = new Map<string, Set<string>>();
  await concurrentCalls(interceptors, (call) => {
    Sentry.setTag(String(call.split(' ')[0]), true);
    const tags = seen.get(call) ?? new Set();
    seen.set(call, tags);
    for (const tag of Object.keys(Sentry.getIsolationScope().getScopeData().tags)) tags.add(tag);
  });
  return Object.fromEntries([...seen].map(([call, tags]) => [call, [...tags]]));
}
