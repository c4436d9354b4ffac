import { printable } from '../report/printable.ts';
import { cellsIn, cutToCells, shortName } from './columns.ts';
import type { Line } from './line.ts';
import type { Prompt } from './prompt.ts';

interface Typing {
  readonly prompt: Prompt;
  /** How it could go on. */
  readonly suggestions: readonly string[];
  readonly width: number;
}

/** What is being typed, and how it could go on. A long line shows its end, where it is typed. */
export function promptLine({ prompt: { kind, text, about }, width, suggestions }: Typing): Line {
  const mark =
    about !== undefined ? ` ${cutToCells(printable(about), 30)} ▸ ` : kind === 'find' ? ' /' : ' :';
  const room = width - cellsIn(mark) - 2;
  const chars = [...text];
  while (cellsIn(chars.join('')) > room) chars.shift();
  const line = `${mark}${chars.join('')}█`;
  const rest = Math.max(0, width - cellsIn(line) - 3);
  // What tells fields apart stands at the end of their paths.
  const shown = suggestions.slice(0, 20).map((each) => (about ? shortName(each, Math.max(12, rest)) : each));
  if (rest === 0 || suggestions.length === 0) return [{ text: line, tone: 'strong' }];
  return [
    { text: line, tone: 'strong' },
    { text: cutToCells(`  ${printable(shown.join(' '))}`, rest + 2), tone: 'faint' },
  ];
}
