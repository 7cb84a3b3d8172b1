import { found } from './found.js';

/** The panel that tells of the chosen span. */
export class Details {
  /** Called when the reader has closed the panel. */
  onClose: () => void = () => undefined;
  readonly #panel = found('#details');
  readonly #hint = found('#hint');
  readonly #button = found('#details > button');
  readonly #told = found('#told');
  #shown: HTMLElement | undefined;

  constructor() {
    this.#button.addEventListener('click', () => this.#close());
    document.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.#close();
    });
  }

  show(item: HTMLElement): void {
    this.#replace(document.getElementById(item.dataset['details'] ?? '') ?? undefined);
    this.#panel.scrollTop = 0;
    // The focus stays in the tree, so that what has changed elsewhere must be told.
    this.#told.textContent = `Details shown: ${item.getAttribute('aria-label') ?? ''}`;
    item.scrollIntoView({ block: 'nearest' });
  }

  #close(): void {
    if (this.#shown === undefined) return;
    this.#replace(undefined);
    this.#told.textContent = 'Details closed';
    this.onClose();
  }

  #replace(shown: HTMLElement | undefined): void {
    if (this.#shown !== undefined) this.#shown.hidden = true;
    if (shown !== undefined) shown.hidden = false;
    this.#shown = shown;
    this.#hint.hidden = shown !== undefined;
    this.#button.hidden = shown === undefined;
  }
}
