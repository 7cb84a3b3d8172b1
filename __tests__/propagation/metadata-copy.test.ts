import { Metadata, type MetadataValue } from '@grpc/grpc-js';
import { copyOf } from '../../lib/propagation/metadata-copy.js';

const BYTES = Buffer.from([0, 255, 1, 254]);
const KEY = Symbol('key');

/** With what an application's own class may have. */
class Tenant extends Metadata {
  readonly name: string = 'acme';
  readonly [KEY] = { deep: 'value' };

  tenant(): string {
    return this.name;
  }
}

/** Has a clone of its own, which keeps what it wants to. */
class Cloning extends Tenant {
  clones = 0;

  override clone(): Cloning {
    const copy = new Cloning();
    copy.merge(this);
    copy.setOptions(this.getOptions());
    copy.clones = this.clones + 1;
    return copy;
  }
}

/** Says which headers may be set. */
class Guarded extends Metadata {
  override set(key: string, value: MetadataValue): void {
    if (key.startsWith('x-')) throw new TypeError(`not ${key}`);
    super.set(key, value);
  }
}

/** With fields that no list of them shows. */
class Sealed extends Metadata {
  #secret = 'unread';

  constructor() {
    super();
    Object.defineProperty(this, 'hidden', { value: 'hidden', enumerable: false });
  }

  secret(): string {
    return this.#secret;
  }
}

function filled<Kind extends Metadata>(metadata: Kind): Kind {
  metadata.add('repeated', 'one');
  metadata.add('repeated', 'two');
  metadata.add('bytes-bin', BYTES);
  metadata.add('bytes-bin', Buffer.alloc(0));
  metadata.setOptions({ waitForReady: true, corked: true });
  return metadata;
}

function frozen<Kind extends object>(metadata: Kind): Kind {
  Object.freeze(metadata);
  return metadata;
}

/** All that can be told of an object from outside, in a form that does not change with it. */
function stateOf(metadata: Metadata): unknown {
  const fields = Reflect.ownKeys(metadata).map((name) => {
    const field = Object.getOwnPropertyDescriptor(metadata, name);
    const value: unknown = field?.value;
    return [name, { ...field, value: value instanceof Map ? [...value] : value }];
  });
  return { kind: Object.getPrototypeOf(metadata) as unknown, json: JSON.stringify(metadata), fields };
}

const KINDS: readonly (readonly [what: string, make: () => Metadata])[] = [
  ['plain', () => new Metadata()],
  ['of a subclass with fields', () => new Tenant()],
  ['of a subclass with a clone of its own', () => new Cloning()],
  ['of a subclass that guards its headers', () => new Guarded()],
  ['of a subclass with fields that do not show', () => new Sealed()],
  ['plain, with a field', () => Object.assign(new Metadata(), { requestId: 7 })],
  ['plain, with a field by a symbol', () => Object.assign(new Metadata(), { [KEY]: 7 })],
  ['frozen', () => frozen(new Metadata())],
  ['of a subclass, frozen', () => frozen(new Tenant())],
  [
    'with opaque data',
    () => {
      const metadata = new Metadata();
      metadata.setOpaque('session', { id: 1 });
      return metadata;
    },
  ],
];

describe.each(KINDS)('the copy of metadata that is %s', (_what, make) => {
  /** Frozen, it takes no options. */
  const metadata = (): Metadata => {
    const made = make();
    return Object.isFrozen(made) ? made : filled(made);
  };

  it('is what the original is', () => {
    const original = metadata();
    const copy = copyOf(original);
    expect(copy).not.toBe(original);
    expect(Object.getPrototypeOf(copy)).toBe(Object.getPrototypeOf(original));
    expect(copy.toJSON()).toEqual(original.toJSON());
    expect(copy.getOptions()).toEqual(original.getOptions());
    expect(Reflect.ownKeys(copy).sort(byName)).toEqual(Reflect.ownKeys(original).sort(byName));
  });

  it('leaves the original as it is, whatever is done to it', () => {
    const original = metadata();
    const before = stateOf(original);
    const copy = copyOf(original);
    copy.set('traceparent', 'mine');
    copy.add('repeated', 'three');
    copy.remove('bytes-bin');
    copy.setOpaque('more', 1);
    expect(stateOf(original)).toEqual(before);
    expect(original.getOpaque('more')).toBeUndefined();
    expect([copy.get('traceparent'), copy.getOpaque('more')]).toEqual([['mine'], 1]);
  });

  it('can be copied again, as grpc-js does at the start', () => {
    const original = metadata();
    expect(copyOf(copyOf(original)).toJSON()).toEqual(original.toJSON());
    expect(copyOf(original).clone().toJSON()).toEqual(original.toJSON());
  });
});

function byName(one: PropertyKey, other: PropertyKey): number {
  return String(one).localeCompare(String(other));
}

describe('what the copy has of its original', () => {
  it('the methods of its class, with the fields that they read', () => {
    const copy = copyOf(new Tenant());
    expect(copy instanceof Tenant && [copy.tenant(), copy[KEY]]).toEqual(['acme', { deep: 'value' }]);
  });

  it('the very values of its fields', () => {
    const session = { open: true };
    expect(copyOf(Object.assign(new Metadata(), { session }))).toHaveProperty('session', session);
    expect(Reflect.get(copyOf(Object.assign(new Metadata(), { session })), 'session')).toBe(session);
  });

  it('what its opaque data holds, and later data are its own', () => {
    const original = new Metadata();
    const session = { open: true };
    original.setOpaque('session', session);
    const copy = copyOf(original);
    expect(copy.getOpaque('session')).toBe(session);
    copy.setOpaque('session', 'other');
    original.setOpaque('later', 1);
    expect([original.getOpaque('session'), copy.getOpaque('later')]).toEqual([session, undefined]);
  });

  it('getters, which read the copy', () => {
    const original = new Metadata();
    Object.defineProperty(original, 'size', {
      enumerable: true,
      get(this: Metadata) {
        return Object.keys(this.getMap()).length;
      },
    });
    const copy = copyOf(original);
    copy.set('one', '1');
    expect([Reflect.get(original, 'size'), Reflect.get(copy, 'size')]).toEqual([0, 1]);
  });

  it('fields that are not listed and not to be written', () => {
    const field = Object.getOwnPropertyDescriptor(copyOf(new Sealed()), 'hidden');
    expect(field).toEqual({ value: 'hidden', enumerable: false, writable: false, configurable: false });
  });

  it('bytes of its own', () => {
    const original = filled(new Tenant());
    const [bytes] = copyOf(original).get('bytes-bin');
    expect(Buffer.isBuffer(bytes) && bytes.fill(7)).toEqual(Buffer.alloc(4, 7));
    expect(original.get('bytes-bin')).toEqual([BYTES, Buffer.alloc(0)]);
  });

  it('what its own clone makes of its fields', () => {
    const copy = copyOf(new Cloning());
    expect(copy instanceof Cloning && copy.clones).toBe(1);
  });

  it('the refusals of its class, and no call of them while it is made', () => {
    const set = jest.spyOn(Guarded.prototype, 'set');
    const copy = copyOf(filled(new Guarded()));
    expect(set).not.toHaveBeenCalled();
    expect(() => copy.set('x-mine', '1')).toThrow('not x-mine');
    set.mockRestore();
  });

  it('not the private fields of its class, which nobody can copy', () => {
    const copy = copyOf(new Sealed());
    expect(() => copy instanceof Sealed && copy.secret()).toThrow(TypeError);
  });
});

it('plain metadata is copied by grpc-js alone', () => {
  const clone = jest.spyOn(Metadata.prototype, 'clone');
  const copy = copyOf(filled(new Metadata()));
  expect(clone.mock.results.map(({ value }): unknown => value)).toEqual([copy]);
  expect(clone.mock.results[0]?.value).toBe(copy);
  clone.mockRestore();
});

it('a clone that throws is for whoever asks', () => {
  class Broken extends Metadata {
    override clone(): never {
      throw new Error('no clone');
    }
  }
  expect(() => copyOf(new Broken())).toThrow('no clone');
});
