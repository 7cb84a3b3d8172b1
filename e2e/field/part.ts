import type { PartOf } from '../../tools/parts.js';
import type { PartStage } from '../../tools/run-on-stage.js';
import type { Row } from './row.js';

/** What a part runs on. */
export interface Stage extends PartStage {
  /** Packs this package, once, as it would be published. */
  tarball(): Promise<string>;
  /** Tells what has been asserted. */
  row(row: Row): void;
}

/** A library, or several that are tested together. */
export type Part = PartOf<Stage>;
