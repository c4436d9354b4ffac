/** Colours of a terminal; none where there is to be no colour. */
export interface Paint {
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

/** Each colour, and what ends it, as the terminal's own numbers (ECMA-48). */
export function painter(colour: boolean): Paint {
  const between = (begin: number, end: number) => (text: string) =>
    colour ? `\u001b[${begin}m${text}\u001b[${end}m` : text;
  return { red: between(31, 39), green: between(32, 39), bold: between(1, 22), dim: between(2, 22) };
}
