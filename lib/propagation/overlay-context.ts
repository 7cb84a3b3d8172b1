import { ROOT_CONTEXT, type Context } from '@opentelemetry/api';

/**
 * One value over another context. The API's contexts copy all of their values to add one, which is more than half of what it
 * costs to pass a context on. For contexts that are handed around, and never entered: what is active is seen by everybody,
 * and is to be of the make that everybody knows.
 */
class OverlayContext implements Context {
  constructor(
    readonly below: Context,
    readonly key?: symbol,
    readonly value?: unknown,
  ) {}

  getValue(key: symbol): unknown {
    return key === this.key ? this.value : this.below.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    const below = key === this.key || this.key === undefined ? this.below : this;
    return new OverlayContext(below, key, value);
  }

  deleteValue(key: symbol): Context {
    return this.setValue(key, undefined);
  }
}

const OVER_ROOT = new OverlayContext(ROOT_CONTEXT);

/** The same context, to which values are added at a small price. */
export function overlaid(context: Context): Context {
  if (context === ROOT_CONTEXT) return OVER_ROOT;
  return context instanceof OverlayContext ? context : new OverlayContext(context);
}

/** The same context, of the make that it was before values were added: to be entered. */
export function settled(context: Context): Context {
  if (!(context instanceof OverlayContext)) return context;
  const { key, value } = context;
  const below = settled(context.below);
  if (key === undefined) return below;
  return value === undefined ? below.deleteValue(key) : below.setValue(key, value);
}
