import { type Drawing, drawing, px, xmlText } from './svg.ts';
import { styleIn, type Theme } from './theme.ts';

/** A piece of a line of a terminal that looks the same all over. */
export interface TerminalRun {
  /** Where it begins, and how many cells it takes. */
  readonly cell: number;
  readonly cells: number;
  readonly text: string;
  readonly style: TerminalStyle;
}

export interface TerminalStyle {
  readonly bold?: true;
  readonly dim?: true;
  readonly inverse?: true;
  readonly color?: 'cyan' | 'green' | 'magenta' | 'red' | 'yellow';
}

export interface TerminalPicture {
  /** Read out in place of the picture, and in more words. */
  readonly title: string;
  readonly desc: string;
  readonly columns: number;
  readonly theme: Theme;
}

/** Of a cell, in pixels; the letters are 14 pixels high. */
const CELL = 8.4;
const LINE = 18;
const BASELINE = 13.5;
const MARGIN = 14;

const STYLE = {
  both: `text { font: 14px ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono",
  "Noto Sans Mono CJK KR", "Apple SD Gothic Neo", "Malgun Gothic", monospace; white-space: pre; }
.bold { font-weight: 700; } .wide { font-size: 16px; }
rect:not(.paper) { shape-rendering: crispEdges; }`,
  light: `.paper { fill: #fff; stroke: #d1d9e0; } text, .plain { fill: #1f2328; } .dim { fill: #59636e; }
.cyan { fill: #0b6b79; } .green { fill: #1a7f37; } .magenta { fill: #8250df; } .red { fill: #cf222e; }
.yellow { fill: #8a5a00; } .on { fill: #fff; }`,
  dark: `.paper { fill: #0d1117; stroke: #3d444d; } text, .plain { fill: #e6edf3; } .dim { fill: #9198a1; }
.cyan { fill: #56d4dd; } .green { fill: #3fb950; } .magenta { fill: #d2a8ff; } .red { fill: #ff7b72; }
.yellow { fill: #e3b341; } .on { fill: #0d1117; }`,
};

/**
 * The screen of a terminal as a picture. Each piece stands at its own cells, however wide the letters are
 * that whoever shows it has; blocks and lines are drawn, so that nothing gapes between them.
 */
export function terminalSvg(
  lines: readonly (readonly TerminalRun[])[],
  { title, desc, columns, theme }: TerminalPicture,
): string {
  const width = columns * CELL + 2 * MARGIN;
  const height = lines.length * LINE + 2 * MARGIN;
  const draw = drawing(width, height);
  const parts = lines.flatMap((runs, row) => {
    const y = MARGIN + row * LINE;
    return runs.flatMap((run) => runOf(run, y, draw));
  });
  const paper = `<rect class="paper" x="0.5" y="0.5" width="${px(width - 1)}" height="${px(height - 1)}" rx="8"/>`;
  return draw.svg({ title, desc, style: styleIn(STYLE, theme), parts: [paper, ...parts] });
}

function runOf({ cell, cells, text, style }: TerminalRun, y: number, draw: Drawing): readonly string[] {
  const [x, width] = [MARGIN + cell * CELL, cells * CELL];
  const { bold, dim, inverse, color = dim ? 'dim' : 'plain' } = style;
  const behind = inverse ? [draw.rect({ x, y, width, height: LINE }, color)] : [];
  const shape = inverse ? 'on' : color;
  const drawn = blockOf(text, { x, y, width }, shape, draw);
  if (drawn !== undefined) return [...behind, drawn];
  if (text.trim() === '') return behind;
  // Letters that take two cells are as wide as they are high, and two cells are wider than that.
  const isWide = cells > [...text].length;
  const shapes = [shape, ...(bold ? ['bold'] : []), ...(isWide ? ['wide'] : [])].filter(
    (each) => each !== 'plain',
  );
  const classes = shapes.length === 0 ? '' : ` class="${shapes.join(' ')}"`;
  const look = `${classes}${isWide ? ' lengthAdjust="spacingAndGlyphs"' : ''}`;
  const room = `x="${px(x)}" y="${px(y + BASELINE)}" textLength="${px(width)}"`;
  return [...behind, `<text${look} ${room}>${xmlText(text)}</text>`];
}

/** A line of equal blocks or lines, as a shape; undefined for letters. */
function blockOf(
  text: string,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  shape: string,
  draw: Drawing,
): string | undefined {
  const block = BLOCKS[text[0] ?? ''];
  if (!block) return undefined;
  const { from, to, opacity } = block;
  const box = { x, y: y + from * LINE, width, height: (to - from) * LINE };
  return draw.rect(box, shape, undefined, opacity);
}

interface Block {
  /** Parts of the height of a line, from above. */
  readonly from: number;
  readonly to: number;
  readonly opacity?: number;
}

/** Lines of lanes do not run into each other. */
const [FULL_FROM, FULL_TO] = [0.08, 0.92];

const BLOCKS: Readonly<Record<string, Block>> = {
  '█': { from: FULL_FROM, to: FULL_TO },
  '▓': { from: FULL_FROM, to: FULL_TO, opacity: 0.75 },
  '▒': { from: FULL_FROM, to: FULL_TO, opacity: 0.5 },
  '░': { from: FULL_FROM, to: FULL_TO, opacity: 0.28 },
  ...Object.fromEntries(
    [...'▁▂▃▄▅▆▇'].map((letter, index) => [
      letter,
      { from: FULL_TO - ((index + 1) / 8) * (FULL_TO - FULL_FROM), to: FULL_TO },
    ]),
  ),
  '─': { from: 0.47, to: 0.53 },
  '━': { from: 0.44, to: 0.56 },
};

/** Whether a letter is drawn as a shape, which joins with its like. */
export function isBlock(letter: string): boolean {
  return BLOCKS[letter] !== undefined;
}
