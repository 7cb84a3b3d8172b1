import { status } from '@grpc/grpc-js';
import type { Difference } from './differences.js';

/** Ends that the client makes by itself, whatever the server does. */
const BY_THE_CLIENT: readonly number[] = [status.CANCELLED, status.DEADLINE_EXCEEDED];

/** How a server sees that its client is gone, when nothing of it has told the client's own reason. */
const GONE: readonly number[] = [status.CANCELLED, status.DEADLINE_EXCEEDED];

const OK: number = status.OK;
const UNAVAILABLE: number = status.UNAVAILABLE;
const RESOURCE_EXHAUSTED: number = status.RESOURCE_EXHAUSTED;
const UNIMPLEMENTED: number = status.UNIMPLEMENTED;

const LARGE = 'the message is too large for the client alone, which the server is not told';

/** Why a server cannot know what its client got; undefined for a difference that nothing explains. */
export function reasonFor({ client, server }: Difference): string | undefined {
  const isGone = GONE.includes(server);
  if (client === UNAVAILABLE) {
    return isGone
      ? 'the socket was cut: the client knows it was the connection, the server that the client is gone'
      : 'the socket was cut after the status was sent';
  }
  if (client === RESOURCE_EXHAUSTED) return LARGE;
  if (BY_THE_CLIENT.includes(client)) {
    return isGone
      ? 'cancel, deadline and cut met: each side saw another first'
      : 'the client gave up while the status was on its way';
  }
  if (client === UNIMPLEMENTED && server === OK) {
    return 'the OK came without its message, which grpc-js makes an error of for the caller';
  }
  if (isGone) return 'the stream was reset after the status was sent: nothing tells the server that it arrived';
  return undefined;
}
