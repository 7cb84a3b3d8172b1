import { status } from '@grpc/grpc-js';
import { SHAPES, type Shape } from '../../tools/invoke.js';
import { activeSpanId, party, useContextManager } from '../helpers/async-context.js';
import { useEcho } from '../helpers/echo.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { plainSpan } from '../helpers/plain-span.js';
import { callsOver } from '../helpers/sides.js';
import { genericConstructor } from './ways/generic-constructor.js';
import { promisified } from './ways/promisified.js';
import { protoLoader } from './ways/proto-loader.js';
import { protobufTs } from './ways/protobuf-ts.js';
import { rawClient } from './ways/raw-client.js';
import { staticCode } from './ways/static-code.js';
import { tsProto } from './ways/ts-proto.js';
import { TEXT } from './ways/way.js';

useContextManager();
const echo = useEcho();

const WAYS = [protoLoader, staticCode, tsProto, protobufTs, genericConstructor, rawClient, promisified];
const OK = { code: status.OK, details: 'OK' };

const ANSWERS: Readonly<Record<Shape, readonly string[]>> = {
  Unary: [TEXT],
  ClientStream: [TEXT],
  ServerStream: [TEXT, TEXT],
  Bidi: [TEXT, TEXT],
};

describe.each(WAYS)('$name', (way) => {
  it.each(SHAPES)('%s: two linked spans, below the caller’s', async (shape) => {
    const rig = await echo.start({ addService: (server) => way.addService(server) });
    const connection = way.connect(rig.address, { interceptors: rig.clientInterceptors });
    const caller = party(1);
    const { answers, spanIdAfterwards } = await caller.run(async () => ({
      answers: await connection.calls[shape](),
      spanIdAfterwards: activeSpanId(),
    }));
    connection.close();
    await callsOver(rig);

    expect(answers).toEqual(ANSWERS[shape]);
    expect(spanIdAfterwards).toBe(caller.spanId);
    const { ended: clientSpans } = rig.clientTelemetry;
    const { ended: serverSpans } = rig.serverTelemetry;
    expect(clientSpans.map(plainSpan)).toEqual([expectedSpan('client', shape, OK, rig.port)]);
    expect(serverSpans.map(plainSpan)).toEqual([expectedSpan('server', shape, OK, rig.port)]);
    expect(clientSpans[0]?.parentSpanContext?.spanId).toBe(caller.spanId);
    expect(serverSpans[0]?.parentSpanContext).toEqual({ ...clientSpans[0]?.spanContext(), isRemote: true });
  });
});
