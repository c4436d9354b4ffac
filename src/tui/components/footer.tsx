import type { ReactNode } from 'react';
import stringWidth from 'string-width';
import { inLanguage } from '../../replay/story.ts';
import { BINDINGS } from '../keymap.ts';
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
  const keys = BINDINGS.flatMap((binding) =>
    binding.brief ? [`${binding.keys} ${inLanguage(binding.brief, language)}`] : [],
  );
  const line = (): string => ` ${keys.join('  ')}`;
  // Where it is narrow, those in the middle can be looked up: how to play, to get help and to quit stays.
  while (stringWidth(line()) > width && keys.length > 4) keys.splice(keys.length - 4, 1);
  return <Words tone="faint">{line()}</Words>;
}
