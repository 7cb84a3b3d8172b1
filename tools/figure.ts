import { escaped } from './svg.js';

const MARGIN = 16;

export interface Figure {
  readonly title: string;
  /** Without the margin around it. */
  readonly width: number;
  readonly height: number;
  /** By class: what a `rect` is filled with, and a `path` drawn. */
  readonly colours: Readonly<Record<string, Colour>>;
}

export interface Colour {
  readonly light: string;
  readonly dark: string;
}

/** For light and for dark; classes of texts are `title` and `quiet`, of a line `axis`. */
const GROUND: Colour = { light: '#ffffff', dark: '#0d1117' };
const TEXT: Colour = { light: '#24292f', dark: '#e6edf3' };
const QUIET: Colour = { light: '#57606a', dark: '#9198a1' };
const AXIS: Colour = { light: '#8c959f', dark: '#8c959f' };

/** An SVG of its own ground: a page may be dark where the reader's system is light, and the other way round. */
export function figure({ title, width, height, colours }: Figure, parts: readonly string[]): string {
  const [outerWidth, outerHeight] = [width + 2 * MARGIN, height + 2 * MARGIN];
  const all = { ...colours, ground: GROUND, text: TEXT, quiet: QUIET, axis: AXIS };
  const rules = (shade: keyof Colour) =>
    Object.entries(all).map(([name, colour]) => `${name === 'text' ? name : `.${name}`} { color: ${colour[shade]}; }`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-MARGIN} ${-MARGIN} ${outerWidth} ${outerHeight}" width="${outerWidth}" height="${outerHeight}" role="img">`,
    `<title>${escaped(title)}</title>`,
    '<style>',
    'text { font: 12px system-ui, sans-serif; }',
    'text.title { font-size: 14px; font-weight: 600; }',
    'text, rect { fill: currentColor; } path, line { stroke: currentColor; fill: none; }',
    ...rules('light'),
    '@media (prefers-color-scheme: dark) {',
    ...rules('dark').map((rule) => `  ${rule}`),
    '}',
    '</style>',
    `<rect class="ground" x="${-MARGIN}" y="${-MARGIN}" width="${outerWidth}" height="${outerHeight}" rx="6"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}
