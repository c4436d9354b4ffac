import type { Event } from '../../cluster/contract/event.ts';
import { decodeBase64 } from '../../cluster/objects/base64.ts';
import { isObject } from '../../cluster/objects/json.ts';
import type { Entry } from '../../kernel/log/entry.ts';

const HIDDEN = '••••••';
/** Shorter values stand everywhere: hiding them would hide half of the text. */
const LEAST = 4;
/** A line of a longer value may be printed by itself. */
const LEAST_LINE = 12;

/** A text without the values of all Secrets that a log ever held, plain, within JSON, or as base64. */
export function redactor(entries: Iterable<Entry<Event>>): (text: string) => string {
  const values = new Set<string>();
  for (const { event } of entries) {
    if (!('resource' in event) || event.resource !== 'secrets') continue;
    for (const value of stringsIn(event)) values.add(value);
  }
  const plain = [...values].flatMap((value) => {
    const decoded = decodeBase64(value);
    return decoded === undefined ? [value] : [value, decoded];
  });
  const lines = plain.flatMap((value) => value.split(/\s*\n\s*/).slice(value.includes('\n') ? 0 : 1));
  const written = plain.map((value) => JSON.stringify(value).slice(1, -1));
  const hidden = [...new Set([...plain, ...written, ...lines.filter(({ length }) => length >= LEAST_LINE)])]
    .filter(({ length }) => length >= LEAST)
    .sort((a, b) => b.length - a.length);
  return (text) => hidden.reduce((rest, value) => rest.replaceAll(value, HIDDEN), text);
}

/** The values in `data` and `stringData` of an object, or of what was changed of it. */
function* stringsIn(event: object): Generator<string> {
  for (const [field, value] of Object.entries(event)) {
    if (typeof value === 'string') {
      if (/(?:^|\/)(?:data|stringData)\//.test(field)) yield value;
    } else if (isObject(value)) {
      if (field === 'data' || field === 'stringData')
        yield* Object.values(value).filter((each): each is string => typeof each === 'string');
      else yield* stringsIn(value);
    }
  }
}
