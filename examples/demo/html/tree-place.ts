/** Where an item stands, as WAI-ARIA tells it of a tree whose items are one list. Counted from 1. */
export interface TreePlace {
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly hasChildren: boolean;
}

/** The places of items in reading order, of which the generation is known, from 1 on. */
export function treePlaces(levels: readonly number[]): TreePlace[] {
  return levels.map((level, index) => {
    const before = siblingsAlong(levels.slice(0, index).reverse(), level);
    const after = siblingsAlong(levels.slice(index + 1), level);
    return {
      level,
      position: before + 1,
      siblings: before + 1 + after,
      hasChildren: (levels[index + 1] ?? 0) > level,
    };
  });
}

/** How many stand before the parent's generation does, or the parent's next sibling. */
function siblingsAlong(levels: readonly number[], level: number): number {
  const end = levels.findIndex((other) => other < level);
  return levels.slice(0, end === -1 ? levels.length : end).filter((other) => other === level).length;
}
