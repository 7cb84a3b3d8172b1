import type { TextMapPropagator } from '@opentelemetry/api';
import { deepStrictEqual } from 'node:assert';
import { SHAPES, type Shape } from '../../tools/invoke.js';
import type { Toolchain } from '../../tools/toolchains.js';
import { assertCall, type CallResult, type Link } from './chain.js';
import { NODE, NodeService } from './node-service.js';
import type { Direction, Part, Stage } from './part.js';
import { PeerProcess, type Command } from './peer-process.js';
import { BAGGAGE_KEY } from './visit.js';

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

/** What a peer makes of a baggage value that it passes on. */
export interface BaggageRewriting {
  /** The value as the peer writes it into the header. */
  readonly written: string;
  /** What that means for users, for the matrix. */
  readonly note: string;
}

export interface Peer {
  readonly name: string;
  readonly needs: readonly Toolchain[];
  readonly carriages: readonly Carriage[];
  readonly shapes?: readonly Shape[];
  /** The spans of a call that the peer makes, from the top. */
  readonly outgoing?: readonly string[];
  /** Where the value of a baggage entry does not leave the peer as it came. */
  readonly rewritesBaggage?: BaggageRewriting;
  build(stage: Stage): Promise<Command>;
}

interface Made {
  readonly direction: Direction;
  readonly links: readonly Link[];
  readonly call: CallResult;
}

/** The part that tests one peer: every shape, both directions, sampled and not, by every carriage. */
export function peerPart(peer: Peer): Part {
  return {
    name: peer.name,
    needs: peer.needs,
    async run(stage) {
      stage.step('build');
      const command = await peer.build(stage);
      for (const carriage of peer.carriages) await proveCarriage(stage, peer, command, carriage);
    },
  };
}

async function proveCarriage(stage: Stage, peer: Peer, command: Command, carriage: Carriage): Promise<void> {
  const { propagation, propagator } = carriage;
  const started = await PeerProcess.start(stage, peer.name, { ...command, args: [...command.args, ...carriage.args] });
  const node = await NodeService.start(propagator);
  stage.onEnd(() => node.close());
  const made: Made[] = [];
  for (const shape of peer.shapes ?? SHAPES) {
    for (const direction of ['Node → peer', 'peer → Node'] as const) {
      const links = linksOf(peer, carriage, direction);
      const others = direction === 'peer → Node' ? [node.address] : [];
      for (const sampled of [true, false]) {
        made.push({ direction, links, call: await node.call(shape, [started.address, ...others], { sampled }) });
      }
    }
    stage.step(`${propagation}: ${shape}`);
  }
  const spans = [...(await node.spans()), ...(await started.finish())];
  const rewriting = peer.rewritesBaggage;
  if (rewriting) deepStrictEqual(node.baggageHeaders(), new Set([`${BAGGAGE_KEY}=${rewriting.written}`]));
  for (const { direction, links, call } of made) {
    assertCall(call, spans, links);
    if (!call.sampled) continue;
    const cell = { peer: peer.name, versions: started.versions, propagation, direction, shape: call.shape };
    stage.cell(rewriting && direction === 'peer → Node' ? { ...cell, note: rewriting.note } : cell);
  }
}

/** The spans of a call to the peer, and of the one that the peer then makes to Node. */
function linksOf(
  { name, outgoing = ['CLIENT'], rewritesBaggage }: Peer,
  { tellsNames }: Carriage,
  direction: Direction,
): Link[] {
  const server = (service: string, caller: string): Link => ({
    service,
    kind: 'SERVER',
    ...(tellsNames === true ? { peerService: caller } : {}),
  });
  const toPeer = [{ service: NODE, kind: 'CLIENT' }, server(name, NODE)];
  if (direction === 'Node → peer') return toPeer;
  const rewritten = rewritesBaggage && { baggage: decodeURIComponent(rewritesBaggage.written) };
  const toNode = { ...server(NODE, name), ...rewritten };
  return [...toPeer, ...outgoing.map((kind) => ({ service: name, kind })), toNode];
}
