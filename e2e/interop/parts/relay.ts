import { SHAPES } from '../../../tools/invoke.js';
import { assertCall, type CallResult, type Link } from '../chain.js';
import { NODE, NodeService } from '../node-service.js';
import type { Part, Stage } from '../part.js';
import { PeerProcess, type Command } from '../peer-process.js';
import { buildGo } from './build-go.js';
import { buildJava } from './build-java.js';
import { buildPython } from './build-python.js';

interface Station {
  readonly name: string;
  build(stage: Stage): Promise<Command>;
}

/** In the order of the route, which begins and ends in Node. */
const STATIONS: readonly Station[] = [
  { name: 'otelgrpc', build: (stage) => buildGo(stage, 'otelgrpc') },
  { name: 'java', build: buildJava },
  { name: 'python', build: buildPython },
];
const DIRECTION = `Node → ${STATIONS.map(({ name }) => name).join(' → ')} → Node` as const;

/** Wants encoding, but holds no space and no plus, of which Python takes the one for the other. */
const BAGGAGE = 'blå,100%=grön';

/** One trace through all languages, by every shape, sampled and not. */
export const relay: Part = {
  name: 'relay',
  needs: ['Go', 'JDK 17', 'Maven', 'Python 3.10 with venv'],
  async run(stage) {
    const peers: PeerProcess[] = [];
    for (const station of STATIONS) {
      stage.step(`build ${station.name}`);
      peers.push(await PeerProcess.start(stage, station.name, await station.build(stage)));
    }
    const node = await NodeService.start();
    stage.onEnd(() => node.close());
    const calls = await relayed(stage, node, peers);
    const spans = await node.spans();
    for (const peer of peers) spans.push(...(await peer.finish()));
    for (const call of calls) {
      assertCall(call, spans, LINKS);
      if (!call.sampled) continue;
      const versions = 'those of its peers';
      stage.cell({ peer: 'relay', versions, propagation: 'W3C, baggage', direction: DIRECTION, shape: call.shape });
    }
  },
};

async function relayed(stage: Stage, node: NodeService, peers: readonly PeerProcess[]): Promise<CallResult[]> {
  const [first, ...others] = [...peers.map(({ address }) => address), node.address];
  const calls: CallResult[] = [];
  for (const shape of SHAPES) {
    for (const sampled of [true, false]) {
      calls.push(await node.call(shape, [first, ...others], { sampled, baggage: BAGGAGE }));
    }
    stage.step(`${DIRECTION}: ${shape}`);
  }
  return calls;
}

/** Every service on the way is called, and calls the next. */
const LINKS: readonly Link[] = [NODE, ...STATIONS.map(({ name }) => name), NODE].flatMap((service, index, services) => {
  const server = { service, kind: 'SERVER' };
  const client = { service, kind: 'CLIENT' };
  if (index === 0) return [client];
  return index === services.length - 1 ? [server] : [server, client];
});
