import type { ChannelInterface } from '@grpc/grpc-js';
import { inspect } from 'node:util';
import { isTracedAbove, makeTraced } from '../call/once-per-call.js';
import type { ClientTracingOptions } from '../options/options.js';
import { resolveOptions } from '../options/settings.js';
import { ChannelCall, type BaseCall } from './channel-call.js';

type CreateCallArguments = Parameters<ChannelInterface['createCall']>;

/**
 * A channel that traces the calls made on it, for whoever takes a channel and no interceptors: nice-grpc's `createClient`,
 * `channelOverride`, `channelFactoryOverride`. Calls have the spans, contexts and metrics that {@link tracingClientInterceptor}
 * gives them; one that an interceptor above traces already is left to it.
 *
 * A channel is told a method's path and no more. So `rpc.requestStream` and `rpc.responseStream` are both `true`, for any call
 * is a stream of messages there; and an OK that comes without the message that a unary call needs is OK on the span, where
 * the caller gets an error. It stands below all interceptors: the attempts of one that retries are calls of their own.
 *
 * @param channel a channel of any make. It is not changed; what the new one is asked, this one answers.
 * @throws TypeError for what is no channel, and for an option that is wrong or unknown.
 *
 * @category Reach every client
 *
 * @example
 * ```ts
 * const channel = tracingChannel(createChannel('localhost:50051'), { tracerProvider });
 * const client = createClient(GreeterDefinition, channel);
 * ```
 */
export function tracingChannel<AnyChannel extends ChannelInterface>(
  channel: AnyChannel,
  options?: ClientTracingOptions,
): AnyChannel {
  if (!isChannel(channel)) {
    throw new TypeError(`tracingChannel: expected a channel, got ${inspect(channel, { depth: 0 })}`);
  }
  const settings = resolveOptions('client', options);
  const make = (args: CreateCallArguments): BaseCall => channel.createCall(...args);
  const createCall = (...args: CreateCallArguments): BaseCall => {
    const [path] = args;
    // The call as it is, where who tells is above, or there is nobody to tell of it.
    if (isTracedAbove(path)) return make(args);
    const observers = settings.observers();
    if (observers === undefined && !settings.propagates()) return make(args);
    const definition = { path, requestStream: true, responseStream: true };
    const method = settings.methods.get(definition);
    const observed = observers !== undefined && method.isWanted() ? observers : undefined;
    const base = observed === undefined ? make(args) : makeTraced(definition, make, args);
    return new ChannelCall(base, settings, observed, method);
  };
  // Of the channel's class, and nothing but what the handler says: a proxy of the channel itself may not answer otherwise
  // for members that its maker has frozen. The cast: what it is asked, the channel answers.
  const instance = Object.create(Object.getPrototypeOf(channel) as object | null) as AnyChannel;
  return new Proxy(instance, {
    get: (_, name) => (name === 'createCall' ? createCall : memberOf(channel, name)),
    set: (_, name, value) => Reflect.set(channel, name, value),
    has: (_, name) => Reflect.has(channel, name),
  });
}

/** Callers without type checking pass anything. */
function isChannel(value: unknown): value is ChannelInterface {
  return typeof value === 'object' && value !== null && 'createCall' in value && typeof value.createCall === 'function';
}

/** A method knows the private fields of its own channel only. */
function memberOf(channel: ChannelInterface, name: string | symbol): unknown {
  const member: unknown = Reflect.get(channel, name);
  return typeof member === 'function' && name !== 'constructor' ? member.bind(channel) : member;
}
