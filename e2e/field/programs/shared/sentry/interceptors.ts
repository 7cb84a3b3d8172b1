// #region integrations: Sentry
import { ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';
import { context, propagation, type TextMapPropagator } from '@opentelemetry/api';
import * as Sentry from '@sentry/node';
import { tracingClientInterceptor, tracingServerInterceptor } from 'grpc-js-opentelemetry';

/** Sentry's own, which since 11 sends the active context and no other. */
const propagator: TextMapPropagator = {
  inject: (from, carrier, setter) => context.with(from, () => propagation.inject(context.active(), carrier, setter)),
  extract: (into, carrier, getter) => propagation.extract(into, carrier, getter),
  fields: () => propagation.fields(),
};

const options = { propagator, attributes: { 'sentry.op': 'rpc' } };

/** An isolation scope for each call: what a handler sets, `Sentry.setTag`, is of its call alone. */
const isolating: ServerInterceptor = (_method, call) =>
  new ServerInterceptingCall(call, {
    start: (next) =>
      next({
        onReceiveMetadata: (metadata, pass) => Sentry.withIsolationScope(() => pass(metadata)),
      }),
  });

export const serverInterceptors = [isolating, tracingServerInterceptor(options)];
export const clientInterceptors = [tracingClientInterceptor(options)];
// #endregion
