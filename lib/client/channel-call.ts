import type { CallCredentials, ChannelInterface } from '@grpc/grpc-js';
import type { Method } from '../conventions/method-table.js';
import type { TracingSettings } from '../options/settings.js';
import type { Observers } from '../signals/observers.js';
import { ClientCall, type NextClientCall } from './call.js';
import { sizeOf } from './message-sizes.js';

export type BaseCall = ReturnType<ChannelInterface['createCall']>;

/** A call that a channel makes, traced: the same life, below all interceptors, where messages are bytes. */
export class ChannelCall extends ClientCall implements BaseCall {
  constructor(
    private readonly base: BaseCall,
    settings: TracingSettings,
    observers: Observers | undefined,
    method: Method,
  ) {
    // An interceptor's next call can send a message without a context, too, which nobody asks of a channel's call.
    super(base as BaseCall & NextClientCall, settings, observers, method);
  }

  override sendMessageWithContext(...[messageContext, message]: Parameters<BaseCall['sendMessageWithContext']>): void {
    this.callSpan?.messageSent(sizeOf(message));
    super.sendMessageWithContext(messageContext, message);
  }

  override onReceiveMessage(message: unknown): void {
    this.callSpan?.messageReceived(sizeOf(message));
    super.onReceiveMessage(message);
  }

  getCallNumber(): number {
    return this.base.getCallNumber();
  }

  setCredentials(credentials: CallCredentials): void {
    this.base.setCredentials(credentials);
  }
}
