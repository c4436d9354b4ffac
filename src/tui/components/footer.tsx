import type { ReactNode } from 'react';
import { inLanguage } from '../../replay/story.ts';
import { BINDINGS } from '../keymap.ts';
import { Words } from '../theme.tsx';

interface Props {
  readonly language: string;
  /** What the reader should know first. */
  readonly notice?: string | undefined;
}

/** The keys that one needs most. */
export function Footer({ language, notice }: Props): ReactNode {
  if (notice !== undefined) return <Words tone="warning">{` ! ${notice}`}</Words>;
  const keys = BINDINGS.flatMap((binding) =>
    binding.brief ? [`${binding.keys} ${inLanguage(binding.brief, language)}`] : [],
  );
  return <Words tone="faint">{` ${keys.join('  ')}`}</Words>;
}
