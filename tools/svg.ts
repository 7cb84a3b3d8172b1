/** A length in pixels, to a tenth. */
export function px(length: number): string {
  return String(Math.round(length * 10) / 10);
}

/** A text within XML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** @param style - the class */
export function textAt(x: number, y: number, content: string, style = '', anchor = 'start'): string {
  return `<text x="${px(x)}" y="${px(y)}" class="${style}" text-anchor="${anchor}">${escaped(content)}</text>`;
}
