import { escaped, px } from '../../tools/svg.js';

// A cell of the terminal, in pixels: six tenths of the font's size are how wide most monospaced fonts are.
const FONT_SIZE = 14;
const CELL = FONT_SIZE * 0.6;
const LINE = 20;
const BASELINE = 15;
const PADDING = 16;

const PLAIN = 'plain';
type Shade = 'dim' | 'red' | 'yellow' | typeof PLAIN;

const COLOUR: Readonly<Record<Shade, string>> = { plain: '#d4d4d8', dim: '#8b8b94', red: '#ff7b72', yellow: '#e3b341' };
const SHADES: Readonly<Record<string, Shade>> = { 0: PLAIN, 2: 'dim', 31: 'red', 33: 'yellow' };

/** A piece of a line in one colour; `column` counts from 0. */
interface Run {
  readonly column: number;
  readonly text: string;
  readonly shade: Shade;
}

const ESCAPE = /\p{Cc}\[(\d+)m/u;
const WORDS = /[^ █░└├│]+(?: [^ █░└├│]+)*/g;
const BARS = /█+|░+/g;
const BRANCHES = /[└├│]/g;

/**
 * What a terminal shows of the lines, as SVG. Bars and branches are drawn, and every text is told its width, so that the
 * columns stand whatever the reader's font is.
 */
export function terminalPicture(lines: readonly string[], title: string): string {
  const shown = lines.map(runsOf);
  const columns = Math.max(...shown.flat().map(({ column, text }) => column + text.length));
  const width = Math.ceil(columns * CELL + 2 * PADDING);
  const height = lines.length * LINE + 2 * PADDING;
  const styles = Object.entries(COLOUR).map(([shade, colour]) => `.${shade} { color: ${colour}; }`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(lines.map(withoutColour).join('\n'))}</desc>`,
    '<style>',
    ...styles,
    `text { font: ${FONT_SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }`,
    'text, rect { fill: currentColor; } path { stroke: currentColor; fill: none; }',
    '</style>',
    `<rect color="#18181b" width="${width}" height="${height}" rx="8"/>`,
    ...shown.flatMap((runs, row) => runs.flatMap((run) => drawn(run, PADDING + row * LINE))),
    '</svg>',
    '',
  ].join('\n');
}

/** Every column is one UTF-16 unit wide: the view prints no others. */
function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  let shade: Shade = PLAIN;
  let column = 0;
  // A split by a pattern with a group gives texts and codes by turns.
  for (const [index, part] of line.split(ESCAPE).entries()) {
    if (index % 2 === 1) {
      shade = SHADES[part] ?? PLAIN;
      continue;
    }
    if (part !== '') runs.push({ column, text: part, shade });
    column += part.length;
  }
  return runs;
}

function withoutColour(line: string): string {
  return line
    .split(ESCAPE)
    .filter((_, index) => index % 2 === 0)
    .join('');
}

function drawn({ column, text, shade }: Run, top: number): string[] {
  const left = (match: RegExpExecArray) => PADDING + (column + match.index) * CELL;
  const words = [...text.matchAll(WORDS)].map((match) => {
    const [word] = match;
    const place = `x="${px(left(match))}" y="${top + BASELINE}" textLength="${px(word.length * CELL)}"`;
    return `<text class="${shade}" ${place} lengthAdjust="spacingAndGlyphs">${escaped(word)}</text>`;
  });
  const bars = [...text.matchAll(BARS)].map((match) => {
    const [cells] = match;
    const place = `x="${px(left(match))}" y="${top + 4}" width="${px(cells.length * CELL)}" height="${LINE - 8}"`;
    return `<rect class="${shade}" ${place}${cells.startsWith('░') ? ' opacity="0.4"' : ''}/>`;
  });
  const branches = [...text.matchAll(BRANCHES)].map((match) => {
    const [branch] = match;
    const middle = px(left(match) + CELL / 2);
    const down = `M${middle} ${top}v${branch === '└' ? LINE / 2 : LINE}`;
    const right = branch === '│' ? '' : `M${middle} ${top + LINE / 2}h${px(CELL)}`;
    return `<path class="${shade}" d="${down}${right}"/>`;
  });
  return [...words, ...bars, ...branches];
}
