import { status } from '@grpc/grpc-js';
import { Echo } from '../../tools/echo.js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useDeadlines } from '../helpers/deadlines.js';
import { CLIENT_TRACING, useEcho, type EchoRig } from '../helpers/echo.js';
import { behave, DETAILS, type Behaviour } from '../helpers/echo-handlers.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { plainSpan, type PlainSpan } from '../helpers/plain-span.js';
import { retryPolicy } from '../helpers/retry-policy.js';

const echo = useEcho();
const deadlines = useDeadlines();

async function clientSpan(rig: EchoRig): Promise<PlainSpan> {
  const [span] = await rig.clientTelemetry.spans(1);
  if (span === undefined) throw new Error('no span');
  return plainSpan(span);
}

/** The client end of the rig's client, with an address of its own in place of the rig's. */
function withServerAddress(span: PlainSpan, address: string, port: number): PlainSpan {
  return { ...span, attributes: { ...span.attributes, 'server.address': address, 'server.port': port } };
}

describe.each(CLIENT_TRACING)('traced by the %s,', (clientTracedBy) => {
  describe.each(SHAPES)('the client span of a %s call says what the caller got', (shape) => {
    it.each<[string, Behaviour, number, string]>([
      ['the server answers', 'ok', status.OK, 'OK'],
      ['the server fails with a code', 'code 5', status.NOT_FOUND, DETAILS],
      ['the server fails with a code outside 0 to 16', 'code 42', 42, DETAILS],
      ['the handler fails with a plain Error', 'plain error', status.UNKNOWN, 'plain'],
      ['the handler throws', 'throw', status.UNKNOWN, 'Unknown error'],
      ['the response cannot be serialized', 'unserializable', status.INTERNAL, 'Error serializing response'],
    ])('%s', async (_case, behaviour, code, details) => {
      const rig = await echo.start({ clientTracedBy });
      const { result } = invoke(rig.client, shape, { metadata: behave(behaviour) });
      expect((await result).code).toBe(code);
      expect(await clientSpan(rig)).toEqual(expectedSpan('client', shape, { code, details }, rig.port));
    });

    it('the response is too large for the client', async () => {
      const rig = await echo.start({ clientTracedBy, clientOptions: { 'grpc.max_receive_message_length': 100 } });
      const outcome = await invoke(rig.client, shape, { metadata: behave('too large') }).result;
      expect(outcome.code).toBe(status.RESOURCE_EXHAUSTED);
      expect(await clientSpan(rig)).toEqual(expectedSpan('client', shape, outcome, rig.port));
    });

    it('the deadline passes', async () => {
      const rig = await echo.start({ clientTracedBy });
      const { result } = invoke(rig.client, shape, {
        metadata: behave('hang'),
        callOptions: { deadline: deadlines.next() },
      });
      await rig.serverTelemetry.started(1);
      deadlines.pass();
      const outcome = await result;
      expect(outcome.code).toBe(status.DEADLINE_EXCEEDED);
      expect(await clientSpan(rig)).toEqual(expectedSpan('client', shape, outcome, rig.port));
    });

    it('the caller cancels a call that the server works on', async () => {
      const rig = await echo.start({ clientTracedBy });
      const { call, result } = invoke(rig.client, shape, { metadata: behave('hang') });
      await rig.serverTelemetry.started(1);
      call.cancel();
      const outcome = { code: status.CANCELLED, details: 'Cancelled on client' };
      expect(await result).toMatchObject(outcome);
      expect(await clientSpan(rig)).toEqual(expectedSpan('client', shape, outcome, rig.port));
    });

    it('the caller cancels at once, before there is a peer', async () => {
      const rig = await echo.start({ clientTracedBy });
      const { call, result } = invoke(rig.client, shape);
      call.cancel();
      const outcome = { code: status.CANCELLED, details: 'Cancelled on client' };
      expect(await result).toMatchObject(outcome);
      expect(await clientSpan(rig)).toEqual(expectedSpan('client', shape, outcome, rig.port, 'none'));
    });

    it('the server is shut down by force', async () => {
      const rig = await echo.start({ clientTracedBy });
      const { result } = invoke(rig.client, shape, { metadata: behave('hang'), keepOpen: true });
      await rig.serverTelemetry.started(1);
      rig.server.forceShutdown();
      const outcome = await result;
      expect(outcome.code).toBe(status.CANCELLED);
      expect(await clientSpan(rig)).toEqual(expectedSpan('client', shape, outcome, rig.port));
    });

    it('nothing listens', async () => {
      const rig = await echo.start({ clientTracedBy });
      const { port } = rig;
      rig.server.forceShutdown();
      const outcome = await invoke(rig.client, shape).result;
      expect(outcome.code).toBe(status.UNAVAILABLE);
      expect(await clientSpan(rig)).toEqual(expectedSpan('client', shape, outcome, port, 'none'));
    });
  });

  describe('the client span of a call that ends in a way of its own', () => {
    it('the name cannot be resolved', async () => {
      const rig = await echo.start({ clientTracedBy });
      const client = rig.newClient('nowhere.invalid:1');
      const outcome = await invoke(client, 'Unary').result;
      expect(outcome.code).toBe(status.UNAVAILABLE);
      expect(await clientSpan(rig)).toEqual(
        withServerAddress(expectedSpan('client', 'Unary', outcome, rig.port, 'none'), 'nowhere.invalid', 1),
      );
    });

    it('the request cannot be serialized', async () => {
      const rig = await echo.start({ clientTracedBy });
      const error = await new Promise<{ code?: number; details?: string } | null>((resolve) =>
        rig.client.makeUnaryRequest(
          '/test.Echo/Unary',
          () => {
            throw new Error('no bytes');
          },
          (bytes) => bytes,
          {},
          resolve,
        ),
      );
      const outcome = { code: status.INTERNAL, details: 'Request message serialization failure: no bytes' };
      expect(error).toMatchObject(outcome);
      expect(await clientSpan(rig)).toEqual(expectedSpan('client', 'Unary', outcome, rig.port, 'none'));
    });

    it('the response cannot be deserialized', async () => {
      const rig = await echo.start({ clientTracedBy });
      const error = await new Promise<{ code?: number; details?: string } | null>((resolve) =>
        rig.client.makeUnaryRequest(
          '/test.Echo/Unary',
          Echo.service.Unary.requestSerialize,
          () => {
            throw new Error('no message');
          },
          { text: 'hello' },
          resolve,
        ),
      );
      const outcome = { code: status.INTERNAL, details: 'Response message parsing error: no message' };
      expect(error).toMatchObject(outcome);
      expect(await clientSpan(rig)).toEqual(expectedSpan('client', 'Unary', outcome, rig.port));
    });

    it('the server says OK without a message: grpc-js makes an error of it, of which a channel is not told', async () => {
      const rig = await echo.start({
        clientTracedBy,
        handlers: { Unary: (_call, callback) => callback({ code: status.OK }) },
      });
      const outcome = await invoke(rig.client, 'Unary').result;
      expect(outcome).toMatchObject({ code: status.UNIMPLEMENTED, details: 'No message received' });
      const told = clientTracedBy === 'interceptor' ? outcome : { code: status.OK, details: 'OK' };
      expect(await clientSpan(rig)).toEqual(expectedSpan('client', 'Unary', told, rig.port));
    });

    it('two retries, then an answer: one span for the call, one server span for each attempt', async () => {
      let failures = 2;
      const rig = await echo.start({
        clientTracedBy,
        clientOptions: retryPolicy(['UNAVAILABLE']),
        handlers: {
          Unary(call, callback) {
            if (failures-- > 0) callback({ code: status.UNAVAILABLE, details: 'try again' });
            else callback(null, call.request);
          },
        },
      });
      const outcome = await invoke(rig.client, 'Unary').result;
      expect(outcome.messages).toEqual(['hello']);
      expect((await rig.serverTelemetry.spans(3)).map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual(
        Array<unknown>(3).fill(rig.clientTelemetry.ended[0]?.spanContext().spanId),
      );
      expect(rig.clientTelemetry.ended).toHaveLength(1);
    });

    it('a server stream that is never read ends at its deadline', async () => {
      const rig = await echo.start({ clientTracedBy });
      const call = rig.client.ServerStream({ text: 'unread' }, behave('hang'), { deadline: deadlines.next() });
      call.on('error', () => undefined);
      await rig.serverTelemetry.started(1);
      deadlines.pass();
      const span = await clientSpan(rig);
      const details = String(span.status.message);
      expect(details).toMatch(/^Deadline exceeded/);
      expect(span).toEqual(
        expectedSpan('client', 'ServerStream', { code: status.DEADLINE_EXCEEDED, details }, rig.port),
      );
    });

    it('a client that was closed refuses the call itself: there is no call and no span', async () => {
      const rig = await echo.start({ clientTracedBy });
      const client = rig.newClient();
      client.close();
      expect(() => client.Unary({ text: 'hello' }, () => undefined)).toThrow('Channel has been shut down');
      expect(rig.clientTelemetry.startedCount).toBe(0);
    });
  });
});
