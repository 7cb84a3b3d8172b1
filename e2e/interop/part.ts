import type { Shape } from '../../tools/invoke.js';

/** What a part needs on the machine beside Node; of a version that is named, or later. */
export type Toolchain = 'Go' | 'JDK 17' | 'Maven' | 'Python 3.10 with venv';

export type Direction = 'Node → peer' | 'peer → Node' | `Node → ${string} → Node`;

/** One thing that a part has shown to work: a cell of the README's matrix. */
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
export interface Stage {
  /** For builds and downloads: outside the repository, there from run to run. Parts share it, to share what they build. */
  readonly cacheDirectory: string;
  /** Tells how far the part is. */
  step(text: string): void;
  /** Tells a cell that has been asserted. */
  cell(cell: Cell): void;
  /** What ends something that the part started; called when the part is over, failed or interrupted, latest first. */
  onEnd(cleanup: () => Promise<void>): void;
}

/** A peer, or several that are tested together. */
export interface Part {
  readonly name: string;
  readonly toolchains: readonly Toolchain[];
  /** @throws when anything is not as it must be */
  run(stage: Stage): Promise<void>;
}
