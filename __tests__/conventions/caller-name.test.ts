import type { Attributes } from '@opentelemetry/api';
import { ServiceNamePropagator, type SemanticConventions } from '../../lib/index.js';
import { invoke } from '../../tools/invoke.js';
import { useEcho } from '../helpers/echo.js';
import { firstSpan } from '../helpers/sides.js';
import { MODES, OK } from './golden/outcomes.js';
import { goldenSpan } from './golden/span.js';

const echo = useEcho();

const NAMED: readonly (readonly [mode: SemanticConventions, expected: Attributes])[] = [
  ['stable', { 'client.service.name': 'frontend' }],
  ['dup', { 'client.service.name': 'frontend', 'peer.service': 'frontend' }],
  ['old', { 'peer.service': 'frontend' }],
];

/** The spans of one call whose client calls itself `frontend`. */
async function spansOf(semanticConventions: SemanticConventions, trustIncoming: boolean) {
  const clientTracing = { propagator: new ServiceNamePropagator({ serviceName: 'frontend' }), semanticConventions };
  const propagator = new ServiceNamePropagator({ serviceName: 'backend' });
  const rig = await echo.start({ clientTracing, serverTracing: { propagator, semanticConventions, trustIncoming } });
  await invoke(rig.client, 'Unary').result;
  return { port: rig.port, client: await firstSpan(rig, 'client'), server: await firstSpan(rig, 'server') };
}

describe('the name of a caller, with the conventions', () => {
  it.each(NAMED)('%s: on the server’s span alone, as %j', async (mode, expected) => {
    const { port, client, server } = await spansOf(mode, true);
    const span = goldenSpan(mode, 'server', OK, port);
    expect(server).toStrictEqual({ ...span, attributes: { ...span.attributes, ...expected } });
    expect(client).toStrictEqual(goldenSpan(mode, 'client', OK, port));
  });

  it.each(MODES)('%s: none of one who is not trusted', async (mode) => {
    const { port, server } = await spansOf(mode, false);
    expect(server).toStrictEqual(goldenSpan(mode, 'server', OK, port));
  });

  it.each(MODES)('%s: none where the propagator reads none', async (mode) => {
    const propagator = new ServiceNamePropagator({ serviceName: 'frontend' });
    const rig = await echo.start({
      clientTracing: { propagator },
      serverTracing: { semanticConventions: mode },
    });
    await invoke(rig.client, 'Unary').result;
    expect(await firstSpan(rig, 'server')).toStrictEqual(goldenSpan(mode, 'server', OK, rig.port));
  });
});
