import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** More rounds than the garbage collector has needed to let go of everything that nothing holds. */
const ROUNDS = 200;

/** Objects that are not kept alive here, to see who else does. */
export class WeaklyHeld {
  private readonly refs: WeakRef<object>[] = [];

  add(object: object): void {
    this.refs.push(new WeakRef(object));
  }

  get addedCount(): number {
    return this.refs.length;
  }

  /** How many something still holds. Does not look for less than `enough`. */
  async heldCount(enough = 0): Promise<number> {
    setFlagsFromString('--expose-gc');
    // What the flag adds is seen in new contexts alone.
    const collectGarbage = runInNewContext('gc') as () => void;
    let held = this.refs.length;
    for (let round = 0; held > enough && round < ROUNDS; round++) {
      // A WeakRef that was looked at holds its target until the turn is over.
      await nextTurn();
      collectGarbage();
      held = this.refs.filter((ref) => ref.deref() !== undefined).length;
    }
    return held;
  }
}
