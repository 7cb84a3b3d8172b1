import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** More rounds than the garbage collector has needed to let go of everything that nothing holds. */
const ROUNDS = 20;

/** How many of these something still holds, once garbage has been collected. */
export async function stillHeld(refs: readonly WeakRef<object>[]): Promise<number> {
  setFlagsFromString('--expose-gc');
  // What the flag adds is seen in new contexts alone.
  const collectGarbage = runInNewContext('gc') as () => void;
  let held = refs.length;
  for (let round = 0; held > 0 && round < ROUNDS; round++) {
    // A WeakRef that was looked at holds its target until the turn is over.
    await nextTurn();
    collectGarbage();
    held = refs.filter((ref) => ref.deref() !== undefined).length;
  }
  return held;
}
