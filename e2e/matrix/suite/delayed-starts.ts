import { InterceptingCall, status, type Interceptor } from '@grpc/grpc-js';
import { Rig } from './rig.js';
import { SHAPES, type Shape } from './service.js';
import type { providerClass } from './telemetry.js';
import { said, told, type Check } from './truth.js';

/** Holds a call's start back, as an interceptor does that fetches a token first. */
class Gate {
  readonly interceptor: Interceptor = (options, next) =>
    new InterceptingCall(next(options), {
      start: (metadata, listener, start) => {
        this.open = () => start(metadata, listener);
      },
    });
  open = (): void => undefined;
}

const ORDERS: readonly (readonly [name: string, chain: (tracing: Interceptor, gate: Interceptor) => Interceptor[]])[] =
  [
    ['after tracing', (tracing, gate) => [tracing, gate]],
    ['before tracing', (tracing, gate) => [gate, tracing]],
  ];

/** A call that is over before its start: its caller hears nothing of grpc-js, and its span ends all the same. */
export async function delayedStartRows(
  Provider: Awaited<ReturnType<typeof providerClass>>,
  check: Check,
): Promise<void> {
  for (const [name, chain] of ORDERS) {
    for (const shape of SHAPES)
      await delayedStartRow(Provider, chain, shape, `cancelled, start delayed ${name}`, check);
  }
}

async function delayedStartRow(
  Provider: Awaited<ReturnType<typeof providerClass>>,
  chain: (typeof ORDERS)[number][1],
  shape: Shape,
  name: string,
  check: Check,
): Promise<void> {
  const gate = new Gate();
  const rig = await new Rig(Provider, { clientChain: (tracing) => chain(tracing, gate.interceptor) }).open();
  try {
    const { call } = rig.start(shape);
    call.cancel();
    gate.open();
    await rig.clientSpans.untilEnded(1);
    check(`${name}, ${shape}: CLIENT span`, said('client', status.CANCELLED, shape), told(rig.clientSpans.ended));
    check(`${name}, ${shape}: SERVER span`, '', told(rig.serverSpans.ended));
  } finally {
    rig.close();
  }
}
