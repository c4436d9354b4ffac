import { Box } from 'ink';
import type { ReactNode } from 'react';
import stringWidth from 'string-width';
import { printable } from '../../report/printable.ts';
import { cutToCells, shortName } from '../columns.ts';
import { footerLine, type Place } from '../footer-line.ts';
import type { Prompt } from '../prompt.ts';
import { Words } from '../theme.tsx';

interface Props {
  readonly language: string;
  readonly width: number;
  /** What the reader should know first. */
  readonly notice?: string | undefined;
  readonly place?: Place;
  /** What the object that is followed is called. */
  readonly followed?: string | undefined;
  /** What is being typed, with how it could go on. */
  readonly prompt?: Prompt | undefined;
  readonly suggestions?: readonly string[];
}

/** The keys that one needs most, or the line that one types. */
export function Footer({ language, width, notice, prompt, suggestions = [], ...where }: Props): ReactNode {
  if (prompt) return <PromptLine prompt={prompt} width={width} suggestions={suggestions} />;
  if (notice !== undefined) return <Words tone="warning">{` ! ${notice}`}</Words>;
  return <Words tone="faint">{footerLine(language, width, where)}</Words>;
}

interface PromptProps {
  readonly prompt: Prompt;
  readonly width: number;
  readonly suggestions: readonly string[];
}

/** A long line shows its end, where it is typed. */
function PromptLine({ prompt: { kind, text, about }, width, suggestions }: PromptProps): ReactNode {
  const mark =
    about !== undefined ? ` ${cutToCells(printable(about), 30)} ▸ ` : kind === 'find' ? ' /' : ' :';
  const room = width - stringWidth(mark) - 2;
  const chars = [...text];
  while (stringWidth(chars.join('')) > room) chars.shift();
  const line = `${mark}${chars.join('')}█`;
  const rest = Math.max(0, width - stringWidth(line) - 3);
  // What tells fields apart stands at the end of their paths.
  const shown = suggestions.slice(0, 20).map((each) => (about ? shortName(each, Math.max(12, rest)) : each));
  return (
    <Box>
      <Words tone="strong">{line}</Words>
      {rest > 0 && suggestions.length > 0 && (
        <Box width={rest + 2}>
          <Words tone="faint">{`  ${shown.join(' ')}`}</Words>
        </Box>
      )}
    </Box>
  );
}
