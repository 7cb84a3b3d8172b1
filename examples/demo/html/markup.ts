/** HTML that may stand in a page as it is. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

export type Content = Markup | string | number | readonly Content[];

/** HTML with contents put in: texts are escaped, in elements and in quoted attributes alike; markup stays. */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.map((part, index) => part + htmlOf(contents[index] ?? '')).join(''));
}

function htmlOf(content: Content): string {
  if (content instanceof Markup) return content.html;
  return typeof content === 'object' ? content.map(htmlOf).join('') : escaped(String(content));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that HTML has no place for become visible. */
function escaped(text: string): string {
  const visible = text.replace(/[^\P{Cc}\n\t]/gu, '\ufffd');
  return visible.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
