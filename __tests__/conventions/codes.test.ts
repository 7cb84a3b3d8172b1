import { status } from '@grpc/grpc-js';
import { invoke, SHAPES } from '../../tools/invoke.js';
import { useEcho } from '../helpers/echo.js';
import { behave, DETAILS, type Behaviour } from '../helpers/echo-handlers.js';
import { expectedSpan } from '../helpers/expected-span.js';
import { plainSpan } from '../helpers/plain-span.js';

const echo = useEcho();

const CODES: readonly [name: string, code: number, behaviour: Behaviour][] = [
  // A handler that fails with OK is a case of its own: see the client's endings.
  ['OK', status.OK, 'ok'],
  ['CANCELLED', status.CANCELLED, 'code 1'],
  ['UNKNOWN', status.UNKNOWN, 'code 2'],
  ['INVALID_ARGUMENT', status.INVALID_ARGUMENT, 'code 3'],
  ['DEADLINE_EXCEEDED', status.DEADLINE_EXCEEDED, 'code 4'],
  ['NOT_FOUND', status.NOT_FOUND, 'code 5'],
  ['ALREADY_EXISTS', status.ALREADY_EXISTS, 'code 6'],
  ['PERMISSION_DENIED', status.PERMISSION_DENIED, 'code 7'],
  ['RESOURCE_EXHAUSTED', status.RESOURCE_EXHAUSTED, 'code 8'],
  ['FAILED_PRECONDITION', status.FAILED_PRECONDITION, 'code 9'],
  ['ABORTED', status.ABORTED, 'code 10'],
  ['OUT_OF_RANGE', status.OUT_OF_RANGE, 'code 11'],
  ['UNIMPLEMENTED', status.UNIMPLEMENTED, 'code 12'],
  ['INTERNAL', status.INTERNAL, 'code 13'],
  ['UNAVAILABLE', status.UNAVAILABLE, 'code 14'],
  ['DATA_LOSS', status.DATA_LOSS, 'code 15'],
  ['UNAUTHENTICATED', status.UNAUTHENTICATED, 'code 16'],
  ['17, which gRPC has not defined', 17, 'code 17'],
];

describe.each(SHAPES)('a %s call', (shape) => {
  describe.each(CODES)('that the handler ends with %s', (_name, code, behaviour) => {
    it.each(['client', 'server'] as const)('has a %s span that says so', async (side) => {
      const rig = await echo.start();
      expect((await invoke(rig.client, shape, { metadata: behave(behaviour) }).result).code).toBe(code);
      const telemetry = { client: rig.clientTelemetry, server: rig.serverTelemetry }[side];
      expect((await telemetry.spans(1)).map(plainSpan)).toStrictEqual([
        expectedSpan(side, shape, { code, details: DETAILS }, rig.port),
      ]);
    });
  });
});
