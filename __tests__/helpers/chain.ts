import {
  InterceptingCall,
  ServerInterceptingCall,
  status,
  type Interceptor,
  type Metadata,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { SHAPES, type Shape } from '../../tools/invoke.js';
import type { EchoRig } from './echo.js';
import { expectedSpan, type ExpectedOutcome } from './expected-span.js';
import { plainSpan, type PlainSpan } from './plain-span.js';

export const OK: ExpectedOutcome = { code: status.OK, details: 'OK' };

export type Position = 'first' | 'in the middle' | 'last';
export const POSITIONS: readonly Position[] = ['first', 'in the middle', 'last'];
/** Every position in a list of interceptors, for every call shape. */
export const PLACES = POSITIONS.flatMap((position) => SHAPES.map((shape): [Position, Shape] => [position, shape]));

export function placed<T>(position: Position, tracing: T, [one, other]: readonly [T, T]): T[] {
  switch (position) {
    case 'first':
      return [tracing, one, other];
    case 'in the middle':
      return [one, tracing, other];
    case 'last':
      return [one, other, tracing];
  }
}

/** The one span of each side, as plain objects. */
export async function spansOf(rig: EchoRig): Promise<{ client: PlainSpan[]; server: PlainSpan[] }> {
  const client = await rig.clientTelemetry.spans(1);
  const server = await rig.serverTelemetry.spans(1);
  return { client: client.map(plainSpan), server: server.map(plainSpan) };
}

export function expectedSpans(
  shape: Shape,
  rig: EchoRig,
  client = OK,
  server = client,
): Awaited<ReturnType<typeof spansOf>> {
  return {
    client: [expectedSpan('client', shape, client, rig.port)],
    server: [expectedSpan('server', shape, server, rig.port)],
  };
}

/** What interceptors were told, in each direction; across the directions the order is the network's. */
export interface EventLog {
  readonly out: string[];
  readonly in: string[];
}

/** What an interceptor of somebody else does with the events that pass it. */
export interface Meddling {
  readonly metadata?: (metadata: Metadata) => void;
  readonly text?: (text: string) => string;
  readonly code?: (code: status) => status;
}

interface Message {
  text: string;
}

export function otherClient(name: string, log: EventLog, { metadata, text, code }: Meddling = {}): Interceptor {
  const changed = (message: Message | null): Message | null =>
    message && text ? { ...message, text: text(message.text) } : message;
  return (options, nextCall) =>
    new InterceptingCall(nextCall(options), {
      start(sent, _listener, next) {
        log.out.push(`${name} start`);
        metadata?.(sent);
        next(sent, {
          onReceiveMetadata(received, pass) {
            log.in.push(`${name} metadata`);
            pass(received);
          },
          onReceiveMessage(message: Message | null, pass) {
            log.in.push(`${name} message`);
            pass(changed(message));
          },
          onReceiveStatus(received, pass) {
            log.in.push(`${name} status ${received.code}`);
            pass({ ...received, code: code?.(received.code) ?? received.code });
          },
        });
      },
      sendMessage(message: Message, next) {
        log.out.push(`${name} message`);
        next(changed(message));
      },
      halfClose(next) {
        log.out.push(`${name} half close`);
        next();
      },
    });
}

export function otherServer(name: string, log: EventLog, { metadata, text, code }: Meddling = {}): ServerInterceptor {
  const changed = (message: Message): Message => (text ? { ...message, text: text(message.text) } : message);
  return (_method, call) =>
    new ServerInterceptingCall(call, {
      start(next) {
        log.in.push(`${name} start`);
        next({
          onReceiveMetadata(received, pass) {
            log.in.push(`${name} metadata`);
            pass(received);
          },
          onReceiveMessage(message: Message, pass) {
            log.in.push(`${name} message`);
            pass(changed(message));
          },
          onReceiveHalfClose(pass) {
            log.in.push(`${name} half close`);
            pass();
          },
          onCancel() {
            log.in.push(`${name} cancel`);
          },
        });
      },
      sendMetadata(sent, next) {
        log.out.push(`${name} metadata`);
        metadata?.(sent);
        next(sent);
      },
      sendMessage(message: Message, next) {
        log.out.push(`${name} message`);
        next(changed(message));
      },
      sendStatus(sent, next) {
        log.out.push(`${name} status ${sent.code}`);
        next({ ...sent, code: code?.(sent.code) ?? sent.code });
      },
    });
}
