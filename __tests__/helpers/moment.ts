/** Something that a test waits for. */
export interface Moment {
  /** Resolves when it has come. */
  readonly whenCome: Promise<void>;
  readonly come: () => void;
}

export function moment(): Moment {
  let come = (): void => undefined;
  const whenCome = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { whenCome, come };
}
