/** Elements of one picture, as SVG 1.1. Lengths are pixels. */
export interface Drawing {
  /** `said` is read out in its place. */
  rect(at: Rect, shape: string, said?: string, opacity?: number): string;
  line(fromX: number, fromY: number, toX: number, toY: number): string;
  path(points: readonly Point[], shape: string, said?: string): string;
  text(at: Point, text: string, shape: string, anchor?: 'start' | 'middle' | 'end'): string;
  svg(whole: Whole): string;
}

export type Point = readonly [x: number, y: number];

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Whole {
  /** Read out in place of the picture. */
  readonly title: string;
  /** The same in more words. */
  readonly desc?: string;
  readonly style: string;
  readonly parts: readonly string[];
}

/** A picture of a size. Its text is the same wherever it is drawn. */
export function drawing(width: number, height: number): Drawing {
  return {
    rect({ x, y, width: wide, height: high }, shape, said, opacity) {
      const size = `x="${px(x)}" y="${px(y)}" width="${px(wide)}" height="${px(high)}"`;
      const box = `<rect class="${shape}" ${size}${opacity === undefined ? '' : ` opacity="${opacity}"`}`;
      return said === undefined ? `${box}/>` : `${box}><title>${xmlText(said)}</title></rect>`;
    },
    line: (x1, y1, x2, y2) =>
      `<line class="line" x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}"/>`,
    path(points, shape, said) {
      const path = `<path class="${shape}" d="M${points.map(([x, y]) => `${px(x)} ${px(y)}`).join('L')}"`;
      return said === undefined ? `${path}/>` : `${path}><title>${xmlText(said)}</title></path>`;
    },
    text: ([x, y], text, shape, anchor = 'start') =>
      `<text class="${shape}" x="${px(x)}" y="${px(y)}" text-anchor="${anchor}">${xmlText(text)}</text>`,
    svg: ({ title, desc, style, parts }) =>
      [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(width)} ${px(height)}" role="img">`,
        `<title>${xmlText(title)}</title>`,
        ...(desc === undefined ? [] : [`<desc>${xmlText(desc)}</desc>`]),
        `<style>${style}</style>`,
        ...parts,
        '</svg>',
        '',
      ].join('\n'),
  };
}

/** A length as it is written: to a hundredth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** XML 1.0 has no way to write most control characters at all. */
export function xmlText(text: string, letters = /[&<>]/g): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not come through.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replace(letters, (letter) => ENTITIES[letter] ?? `&#${letter.charCodeAt(0)};`)
  );
}
