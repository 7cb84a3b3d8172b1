import type { TextMapPropagator } from '@opentelemetry/api';
import { deepStrictEqual } from 'node:assert';
import { SHAPES, type Shape } from '../__tests__/helpers/invoke.js';
import { assertCall, type CallResult, type Link } from './chain.js';
import { NODE, NodeService } from './node-service.js';
import type { Direction, Part, Stage, Toolchain } from './part.js';
import { PeerProcess, type Command } from './peer-process.js';

/** One way in which the context travels. */
export interface Carriage {
  /** What the matrix calls it. */
  readonly propagation: string;
  /** That makes the peer use it. */
  readonly args: readonly string[];
  /** Ours; none = the package's own fallback, W3C trace context and baggage. */
  readonly propagator?: TextMapPropagator;
  /** Both sides tell their names. */
  readonly tellsNames?: boolean;
}

export interface Peer {
  readonly name: string;
  readonly toolchains: readonly Toolchain[];
  readonly carriages: readonly Carriage[];
  readonly shapes?: readonly Shape[];
  /** The spans of a call that the peer makes, from the top. */
  readonly outgoing?: readonly string[];
  build(stage: Stage): Promise<Command>;
}

/** How many answers a call of each shape gets. */
const ANSWERS: Readonly<Record<Shape, number>> = { Unary: 1, ClientStream: 1, ServerStream: 2, Bidi: 2 };

interface Made {
  readonly shape: Shape;
  readonly direction: Direction;
  readonly links: readonly Link[];
  readonly call: CallResult;
}

/** The part that tests one peer: every shape, both directions, sampled and not, by every carriage. */
export function peerPart(peer: Peer): Part {
  return {
    name: peer.name,
    toolchains: peer.toolchains,
    async run(stage) {
      stage.step('build');
      const command = await peer.build(stage);
      for (const carriage of peer.carriages) await proveCarriage(stage, peer, command, carriage);
    },
  };
}

async function proveCarriage(stage: Stage, peer: Peer, command: Command, carriage: Carriage): Promise<void> {
  const { propagation, propagator } = carriage;
  const started = await PeerProcess.start(stage, { ...command, args: [...command.args, ...carriage.args] });
  const node = await NodeService.start(propagator);
  stage.onEnd(() => node.close());
  const made: Made[] = [];
  for (const shape of peer.shapes ?? SHAPES) {
    for (const direction of ['Node → peer', 'peer → Node'] as const) {
      const links = linksOf(peer, carriage, direction);
      const others = direction === 'peer → Node' ? [node.address] : [];
      for (const sampled of [true, false]) {
        made.push({ shape, direction, links, call: await node.call(shape, [started.address, ...others], sampled) });
      }
    }
    stage.step(`${propagation}: ${shape}`);
  }
  const spans = [...(await node.spans()), ...(await started.finish())];
  for (const { shape, direction, links, call } of made) {
    deepStrictEqual(call.answers.length, ANSWERS[shape], `answers to ${shape}`);
    assertCall(call, spans, links);
    if (call.sampled) stage.cell({ peer: peer.name, versions: started.versions, propagation, direction, shape });
  }
}

/** The spans of a call to the peer, and of the one that the peer then makes to Node. */
function linksOf({ name, outgoing = ['CLIENT'] }: Peer, { tellsNames }: Carriage, direction: Direction): Link[] {
  const server = (service: string, caller: string): Link => ({
    service,
    kind: 'SERVER',
    ...(tellsNames === true ? { peerService: caller } : {}),
  });
  const toPeer = [{ service: NODE, kind: 'CLIENT' }, server(name, NODE)];
  if (direction === 'Node → peer') return toPeer;
  return [...toPeer, ...outgoing.map((kind) => ({ service: name, kind })), server(NODE, name)];
}
