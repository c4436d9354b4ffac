/** What a piece of text is, which decides how it looks. A glyph or a word says the same without colours. */
export type Tone =
  | 'plain'
  | 'told'
  | 'strong'
  | 'faint'
  | 'command'
  /** Code among words. */
  | 'code'
  | 'good'
  | 'bad'
  | 'warning'
  | 'current'
  | 'mark';

export interface Style {
  readonly bold?: true;
  readonly dim?: true;
  readonly inverse?: true;
  readonly color?: 'cyan' | 'green' | 'magenta' | 'red' | 'yellow';
}

const STYLES: Readonly<Record<Tone, Style>> = {
  plain: {},
  told: {},
  strong: { bold: true },
  faint: { dim: true },
  command: { bold: true, color: 'cyan' },
  code: { color: 'cyan' },
  good: { color: 'green' },
  bad: { color: 'red', bold: true },
  warning: { color: 'yellow' },
  current: { inverse: true },
  mark: { bold: true, color: 'magenta' },
};

/** How a tone is shown, by whatever shows it. */
export function styleOf(tone: Tone): Style {
  return STYLES[tone];
}

interface Code {
  readonly on: number;
  readonly off: number;
}

const COLOURS = {
  cyan: { on: 36, off: 39 },
  green: { on: 32, off: 39 },
  magenta: { on: 35, off: 39 },
  red: { on: 31, off: 39 },
  yellow: { on: 33, off: 39 },
} as const;

/** A text as a terminal is told to show it. */
export function styled(text: string, tone: Tone, colours: boolean): string {
  const { bold, dim, inverse, color } = STYLES[tone];
  const codes = [
    ...(inverse ? [{ on: 7, off: 27 }] : []),
    ...(bold ? [{ on: 1, off: 22 }] : []),
    ...(color && colours ? [COLOURS[color]] : []),
    ...(dim ? [{ on: 2, off: 22 }] : []),
  ];
  return codes.reduceRight(within, text);
}

function within(text: string, { on, off }: Code): string {
  return `\u001b[${on}m${text}\u001b[${off}m`;
}
