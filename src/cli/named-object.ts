import { type NamedObject, type NoSuchObject, objectNamed } from '../replay/object-named.ts';
import type { Timeline } from '../replay/timeline.ts';
import type { WrongWords } from '../words/words.ts';
import { BadInput } from './exit.ts';

/** The object that is meant by `pod/web-1`, or a part of it. Throws BadInput where the log never had it. */
export function findObject(timeline: Timeline, text: string, namespace?: string): NamedObject {
  const found = objectNamed(timeline, text, namespace);
  if (!('wrong' in found)) return found;
  throw new BadInput(({ wrong }) => sayWhy(found, wrong));
}

function sayWhy({ wrong, word, near, namespaces = [] }: NoSuchObject, words: WrongWords): string {
  switch (wrong) {
    case 'form':
      return words.objectForm(word);
    case 'kind':
      return words.kind(word, near);
    case 'name':
      return words.noObject(word, near);
    case 'namespace':
      return words.otherNamespace(word, namespaces);
    case 'field':
      return words.noField(word);
  }
}
