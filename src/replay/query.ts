/** What an entry must have to be found; all parts of a query must be there. */
export type Query = readonly Term[];

export interface Term {
  readonly field: Field;
  /** What is looked for, as it was typed; absent for what is no plain text. */
  readonly text?: string;
  /** Matches the field's text, whatever its case. */
  readonly pattern: RegExp;
}

const FIELDS = ['kind', 'name', 'namespace', 'actor', 'reason', 'type'] as const;
export type Field = (typeof FIELDS)[number] | 'text';

/**
 * A query as one types it: words that stand somewhere in an entry, and words with a field before them,
 * `kind:Pod actor:kubelet reason:Unhealthy ns:shop "to be deleted"`. Undefined when nothing is asked for.
 */
export function parseQuery(text: string): Query | undefined {
  const words = [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => ({ quoted, word }));
  const terms = words.flatMap(({ quoted, word = '' }): Term[] => {
    if (quoted !== undefined) return quoted === '' ? [] : [termOf('text', quoted)];
    const [, name = '', value = ''] = /^([a-z]+):(.+)$/.exec(word) ?? [];
    const field = FIELDS.find((each) => each === (ABBREVIATED[name] ?? name));
    return [field ? termOf(field, value) : termOf('text', word)];
  });
  return terms.length > 0 ? terms : undefined;
}

/**
 * A word that must be all of a field; `*` in it stands for any text. An actor may be named without its
 * instance.
 */
export function wholeTerm(field: Exclude<Field, 'text'>, word: string): Term {
  const pattern = word.split('*').map(escaped).join('.*');
  return { field, pattern: new RegExp(`^(?:${pattern})${field === 'actor' ? '(?:/.*)?' : ''}$`, 'i') };
}

/** What must stand somewhere in an entry: words, or a regular expression. */
export function textTerm(text: string | RegExp): Term {
  return typeof text === 'string' ? termOf('text', text) : { field: 'text', pattern: text };
}

const ABBREVIATED: Readonly<Record<string, string>> = { ns: 'namespace', by: 'actor', event: 'type' };

function termOf(field: Field, text: string): Term {
  return { field, text, pattern: new RegExp(escaped(text), 'i') };
}

function escaped(text: string): string {
  return text.replace(/[$()*+./?[\\\]^{|}-]/g, '\\$&');
}
