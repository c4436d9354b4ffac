/** For light or dark surroundings; `auto`: for those in which a picture is looked at. */
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Rules of CSS by surroundings. */
export interface Themed {
  readonly both: string;
  readonly light: string;
  readonly dark: string;
}

/** The style of a picture or a page in a theme. */
export function styleIn({ both, light, dark }: Themed, theme: Theme): string {
  if (theme === 'auto') return `${both}\n${light}\n@media (prefers-color-scheme: dark) {\n${dark}\n}`;
  return `${both}\n${theme === 'light' ? light : dark}`;
}
