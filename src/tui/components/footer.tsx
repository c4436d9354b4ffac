import type { ReactNode } from 'react';
import { footerLine } from '../footer-line.ts';
import { Words } from '../theme.tsx';

interface Props {
  readonly language: string;
  readonly width: number;
  /** What the reader should know first. */
  readonly notice?: string | undefined;
}

/** The keys that one needs most. */
export function Footer({ language, width, notice }: Props): ReactNode {
  if (notice !== undefined) return <Words tone="warning">{` ! ${notice}`}</Words>;
  return <Words tone="faint">{footerLine(language, width)}</Words>;
}
