/** Where copies of the API meet. */
const REGISTRY = Symbol.for('opentelemetry.js.api.1');

/** What is registered, whoever made the registry: `diag` has been, wherever the calls of a rig are tested. */
function registered(): object {
  const registry: unknown = Reflect.get(globalThis, REGISTRY);
  if (typeof registry !== 'object' || registry === null) throw new Error('nothing is registered');
  return registry;
}

/**
 * Lets the tests of a file register what API 1.9 has no name for, as 1.10 does it: as a property of what all copies share.
 * That copy's own function refuses where an older one has registered something before. After each test all is as it was.
 */
export function useApiRegistry(): {
  register(name: string, value: unknown): void;
  unregister(name: string): void;
  /** As in a process in which nobody has registered anything. */
  forget(): void;
} {
  const names = new Set<string>();
  let before: object;
  beforeEach(() => {
    before = registered();
  });
  afterEach(() => {
    Reflect.set(globalThis, REGISTRY, before);
    for (const name of names) Reflect.deleteProperty(before, name);
    names.clear();
  });
  return {
    register(name, value) {
      names.add(name);
      Reflect.set(registered(), name, value);
    },
    unregister: (name) => void Reflect.deleteProperty(registered(), name),
    forget: () => void Reflect.deleteProperty(globalThis, REGISTRY),
  };
}
