import { found } from './found.js';

/**
 * The tree of spans by keyboard and pointer, as WAI-ARIA's pattern for trees has it: one item is in the order of the Tab
 * key, arrows lead from there, Enter and Space choose.
 */
export class Tree {
  readonly #items = [...found('[role=tree]').querySelectorAll<HTMLElement>('[role=treeitem]')];
  readonly #onChoose: (item: HTMLElement) => void;

  constructor(onChoose: (item: HTMLElement) => void) {
    this.#onChoose = onChoose;
    for (const item of this.#items) {
      item.addEventListener('click', ({ target }) => {
        this.#focus(item);
        if (target instanceof Element && target.matches('[aria-expanded] .twisty'))
          this.#expand(item, !isExpanded(item));
        else this.choose(item);
      });
      item.addEventListener('keydown', (event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
        if (this.#pressed(item, event.key)) event.preventDefault();
      });
    }
  }

  /** Without an item, none is chosen any more, and the focus is where it was in the tree. */
  choose(chosen: HTMLElement | undefined): void {
    for (const item of this.#items) item.ariaSelected = String(item === chosen);
    if (chosen !== undefined) this.#onChoose(chosen);
    else this.#items.find(({ tabIndex }) => tabIndex === 0)?.focus();
  }

  /** @returns whether the key means something here */
  #pressed(item: HTMLElement, key: string): boolean {
    const visible = this.#items.filter(({ hidden }) => !hidden);
    const index = visible.indexOf(item);
    switch (key) {
      case 'ArrowDown':
        return this.#focus(visible[index + 1]);
      case 'ArrowUp':
        return this.#focus(visible[index - 1]);
      case 'Home':
        return this.#focus(visible[0]);
      case 'End':
        return this.#focus(visible.at(-1));
      case 'ArrowRight':
        if (item.ariaExpanded === 'false') return this.#expand(item, true);
        return isExpanded(item) ? this.#focus(visible[index + 1]) : true;
      case 'ArrowLeft':
        if (isExpanded(item)) return this.#expand(item, false);
        return this.#focus(visible.slice(0, index).findLast((other) => levelOf(other) < levelOf(item)));
      case 'Enter':
      case ' ':
        this.choose(item);
        return true;
      default:
        return false;
    }
  }

  #focus(item: HTMLElement | undefined): boolean {
    if (item === undefined) return true;
    for (const other of this.#items) other.tabIndex = other === item ? 0 : -1;
    item.focus();
    return true;
  }

  #expand(item: HTMLElement, expanded: boolean): boolean {
    item.ariaExpanded = String(expanded);
    // Below an item that is closed everything is hidden, whatever is open there.
    let hiddenBelow = Infinity;
    for (const each of this.#items) {
      const level = levelOf(each);
      if (level <= hiddenBelow) hiddenBelow = Infinity;
      each.hidden = level > hiddenBelow;
      if (!each.hidden && each.ariaExpanded === 'false') hiddenBelow = level;
    }
    return true;
  }
}

function isExpanded(item: HTMLElement): boolean {
  return item.ariaExpanded === 'true';
}

function levelOf(item: HTMLElement): number {
  return Number(item.ariaLevel);
}
