import type { Localized } from '../../cluster/contract/story-event.ts';

/** A text that names no language is English. */
export function localized(text: string | Localized): Localized {
  return typeof text === 'string' ? { en: text } : text;
}
