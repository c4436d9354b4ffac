import type { Event } from '../cluster/contract/event.ts';
import type { CoreEvent } from '../cluster/objects/kubernetes.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { firstAbove } from './seek.ts';
import { subjectOf } from './subject.ts';
import type { Timeline } from './timeline.ts';

/** What an entry must have to be found; all parts of a query must be there. */
export type Query = readonly Term[];

interface Term {
  readonly field: Field;
  /** Matches the field's text, whatever its case. */
  readonly pattern: RegExp;
}

const FIELDS = ['kind', 'name', 'namespace', 'actor', 'reason', 'type'] as const;
type Field = (typeof FIELDS)[number] | 'text';

/**
 * A query as one types it: words that stand somewhere in an entry, and words with a field before them,
 * `kind:Pod actor:kubelet reason:Unhealthy ns:shop "to be deleted"`. Undefined when nothing is asked for.
 */
export function parseQuery(text: string): Query | undefined {
  const words = [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => ({ quoted, word }));
  const terms = words.flatMap(({ quoted, word = '' }): Term[] => {
    if (quoted !== undefined) return quoted === '' ? [] : [{ field: 'text', pattern: patternOf(quoted) }];
    const [, name = '', value = ''] = /^([a-z]+):(.+)$/.exec(word) ?? [];
    const field = FIELDS.find((each) => each === (ABBREVIATED[name] ?? name));
    return [field ? { field, pattern: patternOf(value) } : { field: 'text', pattern: patternOf(word) }];
  });
  return terms.length > 0 ? terms : undefined;
}

const ABBREVIATED: Readonly<Record<string, string>> = { ns: 'namespace', by: 'actor', event: 'type' };

function patternOf(text: string): RegExp {
  return new RegExp(text.replace(/[$()*+./?[\\\]^{|}-]/g, '\\$&'), 'i');
}

/** Which entries there are to look through, ascending: all, or those that tell a reader something. */
export type Candidates = 'all' | 'notable';

/** What a reader is shown of an entry, where words are looked for as well as in the entry itself. */
export type ShownText = (entry: Entry<Event>) => string;

interface Search {
  readonly from: number;
  readonly among?: Candidates;
  readonly shown?: ShownText | undefined;
}

/** seq of the first entry after another that has what is asked for. */
export function findNext(
  timeline: Timeline,
  query: Query,
  { from, among = 'all', shown }: Search,
): number | undefined {
  const { count, seqOf } = candidates(timeline, among);
  for (let place = firstPlace(timeline, among, from); place < count; place++) {
    if (isFound(timeline, query, seqOf(place), shown)) return seqOf(place);
  }
  return undefined;
}

/** seq of the last entry before another that has what is asked for. */
export function findPrevious(
  timeline: Timeline,
  query: Query,
  { from, among = 'all', shown }: Search,
): number | undefined {
  const { seqOf } = candidates(timeline, among);
  for (let place = firstPlace(timeline, among, from - 1) - 1; place >= 0; place--) {
    if (isFound(timeline, query, seqOf(place), shown)) return seqOf(place);
  }
  return undefined;
}

function candidates(
  { entries, notable }: Timeline,
  among: Candidates,
): { readonly count: number; seqOf(place: number): number } {
  return among === 'all'
    ? { count: entries.length, seqOf: (place) => place + 1 }
    : { count: notable.length, seqOf: (place) => notable[place] ?? 0 };
}

/** The place of the first candidate after an entry. */
function firstPlace({ notable }: Timeline, among: Candidates, seq: number): number {
  return among === 'all' ? Math.max(0, seq) : firstAbove(notable, seq);
}

/** Whether an entry has what is asked for. */
export function isFound(timeline: Timeline, query: Query, seq: number, shown?: ShownText): boolean {
  const entry = timeline.entries[seq - 1];
  if (entry === undefined) return false;
  return query.every((term) => {
    if (hasTerm(timeline, entry, term)) return true;
    return term.field === 'text' && shown !== undefined && term.pattern.test(shown(entry));
  });
}

function hasTerm(timeline: Timeline, entry: Entry<Event>, { field, pattern }: Term): boolean {
  switch (field) {
    case 'actor':
      return pattern.test(entry.actor);
    case 'type':
      return pattern.test(entry.event.type);
    case 'reason':
      return pattern.test(reasonOf(timeline, entry));
    case 'text':
      return pattern.test(entry.actor) || hasText(entry.event, pattern);
    default:
      return hasSubject(timeline, entry, { field, pattern });
  }
}

/** A text, or the name of what changed, anywhere in an event. */
function hasText(value: unknown, pattern: RegExp): boolean {
  if (typeof value === 'string') return pattern.test(value);
  if (Array.isArray(value)) return value.some((each) => hasText(each, pattern));
  if (typeof value !== 'object' || value === null) return pattern.test(String(value));
  for (const key in value) {
    // A pointer tells which field has changed.
    if (key.startsWith('/') && pattern.test(key)) return true;
    if (hasText((value as Record<string, unknown>)[key], pattern)) return true;
  }
  return false;
}

function reasonOf(timeline: Timeline, { event, seq }: Entry<Event>): string {
  if (event.type === 'RequestRefused') return event.reason;
  if (!('resource' in event) || event.resource !== 'events') return '';
  const { objects } = timeline.worldAt(seq).store.tables;
  return (objects.read(event.key, seq) as CoreEvent | undefined)?.reason ?? '';
}

interface SubjectTerm {
  readonly field: 'kind' | 'name' | 'namespace';
  readonly pattern: RegExp;
}

function hasSubject(timeline: Timeline, { event, seq }: Entry<Event>, term: SubjectTerm): boolean {
  const subject = subjectOf(timeline, seq);
  if (subject !== undefined && isAbout(timeline, subject, { ...term, seq })) return true;
  return 'key' in event && event.key !== subject && isAbout(timeline, event.key, { ...term, seq });
}

/** What an object is called never changes: what has been found for a pattern is kept with it. */
const known = new WeakMap<RegExp, Map<string, boolean>>();

function isAbout(
  timeline: Timeline,
  key: string,
  { field, pattern, seq }: SubjectTerm & { readonly seq: number },
): boolean {
  const verdicts = known.get(pattern) ?? new Map<string, boolean>();
  known.set(pattern, verdicts);
  const verdict = verdicts.get(key);
  if (verdict !== undefined) return verdict;
  const { objects } = timeline.worldAt(seq).store.tables;
  const object = objects.read(key, seq) ?? objects.read(key, seq - 1);
  // Before it came and after it went, its key still has its name.
  if (!object) return field === 'name' && pattern.test(key.slice(key.lastIndexOf('/') + 1));
  const found = pattern.test((field === 'kind' ? object.kind : object.metadata[field]) ?? '');
  verdicts.set(key, found);
  return found;
}
