/**
 * The one element that a selector finds.
 *
 * @throws where the page has none
 */
export function found(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`the page has no ${selector}`);
  return element;
}
