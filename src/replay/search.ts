import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { firstAbove } from '../kernel/table/first-above.ts';
import type { Called, Facts, NamedColumn } from './facts.ts';
import type { Query, Term } from './query.ts';
import type { Timeline } from './timeline.ts';

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
export function findNext(timeline: Timeline, query: Query, search: Search): number | undefined {
  return found(timeline, query, { ...search, way: 1 });
}

/** seq of the last entry before another that has what is asked for. */
export function findPrevious(timeline: Timeline, query: Query, search: Search): number | undefined {
  return found(timeline, query, { ...search, way: -1 });
}

function found(
  timeline: Timeline,
  query: Query,
  { from, among = 'all', shown, way }: Search & { readonly way: 1 | -1 },
): number | undefined {
  const has = matcherOf(timeline, query, shown);
  const words = shown ? [] : wordsOf(query);
  if (timeline.entries.likely && words.length > 0) {
    const isAsked = (seq: number): boolean => among === 'all' || timeline.facts.isNotable(seq);
    for (const seq of timeline.entries.likely(words, from + way, way))
      if (isAsked(seq) && has(seq)) return seq;
    return undefined;
  }
  const { count, seqOf } = candidates(timeline, among);
  const first = way > 0 ? firstPlace(timeline, among, from) : firstPlace(timeline, among, from - 1) - 1;
  for (
    let place = Math.min(first, count - 1 + (way > 0 ? 1 : 0));
    place >= 0 && place < count;
    place += way
  ) {
    if (has(seqOf(place))) return seqOf(place);
  }
  return undefined;
}

/**
 * What must stand in the line of an entry that is found: of each text that is looked for, the longest part
 * that JSON writes as it is.
 */
function wordsOf(query: Query): readonly string[] {
  return query.flatMap(({ field, text }) => {
    if (field !== 'text' || text === undefined) return [];
    const parts = text.split(/[^\x20-\x7e]|["\\]/).sort((a, b) => b.length - a.length);
    return parts[0] ? [parts[0]] : [];
  });
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
  return seq >= 1 && seq <= timeline.entries.length && matcherOf(timeline, query, shown)(seq);
}

export type Matcher = (seq: number) => boolean;

/**
 * Whether entries have what is asked for. Facts are asked first: an entry itself is looked at only where
 * nothing else speaks against it.
 */
export function matcherOf({ entries, facts }: Timeline, query: Query, shown: ShownText | undefined): Matcher {
  const byFacts = query.flatMap((term) => factMatcher(facts, term) ?? []);
  const patterns = query.flatMap(({ field, pattern }) => (field === 'text' ? [pattern] : []));
  return (seq) => {
    for (const has of byFacts) if (!has(seq)) return false;
    if (patterns.length === 0) return true;
    const entry = entries.of(seq);
    return entry !== undefined && patterns.every((pattern) => hasWords(entry, pattern, shown));
  };
}

function hasWords(entry: Entry<Event>, pattern: RegExp, shown: ShownText | undefined): boolean {
  if (pattern.test(entry.actor) || hasText(entry.event, pattern)) return true;
  return shown !== undefined && pattern.test(shown(entry));
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

function factMatcher(facts: Facts, { field, pattern }: Term): Matcher | undefined {
  switch (field) {
    case 'actor':
    case 'type':
    case 'reason':
      return columnMatcher(facts[field], (text) => pattern.test(text));
    case 'kind':
    case 'name':
    case 'namespace': {
      const isCalled = (key: string): boolean => pattern.test(calledBy(facts, key)[field]);
      const isAbout = columnMatcher(facts.subject, isCalled);
      const hasChanged = columnMatcher(facts.object, isCalled);
      return (seq) => isAbout(seq) || hasChanged(seq);
    }
    default:
      return undefined;
  }
}

/** Each of a column's texts is asked once: they are few, and entries are many. */
function columnMatcher({ idAt, names }: NamedColumn, fits: (text: string) => boolean): Matcher {
  const verdicts: (boolean | undefined)[] = [];
  return (seq) => {
    const id = idAt(seq);
    if (id === 0) return false;
    let verdict = verdicts[id];
    if (verdict === undefined) {
      verdict = fits(names.of(id));
      verdicts[id] = verdict;
    }
    return verdict;
  };
}

/** What an object is called never changes. Of one that never came there is only its key. */
function calledBy(facts: Facts, key: string): Called {
  return facts.calledOf(key) ?? { kind: '', name: key.slice(key.lastIndexOf('/') + 1), namespace: '' };
}
