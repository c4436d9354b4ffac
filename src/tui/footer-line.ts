import stringWidth from 'string-width';
import { inLanguage } from '../replay/story.ts';
import { BINDINGS } from './keymap.ts';

/** The keys that one needs most, as many as fit. */
export function footerLine(language: string, width: number): string {
  const keys = BINDINGS.flatMap((binding) =>
    binding.brief ? [`${binding.keys} ${inLanguage(binding.brief, language)}`] : [],
  );
  const line = (): string => ` ${keys.join('  ')}`;
  // Where it is narrow, those in the middle can be looked up: how to play, to get help and to quit stays.
  while (stringWidth(line()) > width && keys.length > 4) keys.splice(keys.length - 4, 1);
  return line();
}
