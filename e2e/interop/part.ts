import type { Shape } from '../../tools/invoke.js';
import type { PartOf } from '../../tools/parts.js';
import type { PartStage } from '../../tools/run-on-stage.js';

export type Direction = 'Node → peer' | 'peer → Node' | `Node → ${string} → Node`;

/** One thing that a part has shown to work: a cell of the matrix. */
export interface Cell {
  readonly peer: string;
  /** The libraries that speak for the peer, with their versions, as it names them itself. */
  readonly versions: string;
  /** What carried the context. */
  readonly propagation: string;
  readonly direction: Direction;
  readonly shape: Shape;
  /** What a reader must know about the peer, to rely on the cell. */
  readonly note?: string;
}

/** What a part runs on. */
export interface Stage extends PartStage {
  /** Tells a cell that has been asserted. */
  cell(cell: Cell): void;
}

/** A peer, or several that are tested together. */
export type Part = PartOf<Stage>;
