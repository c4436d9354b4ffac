import type { Event } from '../cluster/contract/event.ts';
import { resourceOf } from '../cluster/objects/schema/resources.ts';
import { nearMiss } from '../cluster/objects/shape/near-miss.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { fieldOf, pointerOf } from '../replay/field-path.ts';
import { kindWords, type NamedObject } from '../replay/object-named.ts';
import type { Instant } from '../replay/place.ts';
import { type Query, textTerm, wholeTerm } from '../replay/query.ts';
import { resourcesEver } from '../replay/resources-ever.ts';
import { stopAtTime } from '../replay/seek.ts';
import { type Selection, selectEntries, valuesAt } from '../replay/select-entries.ts';
import type { Timeline } from '../replay/timeline.ts';
import { entryLine } from '../report/entry-line.ts';
import { jsonText } from '../report/json-text.ts';
import { printable } from '../report/printable.ts';
import { requestLinesAt } from '../report/request/request-lines.ts';
import { entryColumns, entryText, type ToldEntry, tellEntry } from '../report/told-entry.ts';
import { wordsIn } from '../words/words-in.ts';
import { BadInput, EXIT } from './exit.ts';
import { findObject } from './named-object.ts';
import { momentIn, openTimeline } from './open-timeline.ts';
import type { Which } from './which.ts';
import { tellBeside, writeOut } from './write-out.ts';

export interface LogOptions extends Which {
  readonly lang: string;
  readonly json?: boolean;
  readonly all?: boolean;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly actor?: string;
  readonly reason?: string;
  readonly type?: string;
  readonly text?: string;
  readonly grep?: RegExp;
  readonly from?: Instant;
  readonly to?: Instant;
  /** The first and the last step. */
  readonly step?: readonly [first: number, last: number];
  readonly object?: string;
  /** A field as it was typed. */
  readonly field?: string;
  readonly limit?: number;
  readonly reverse?: boolean;
  /** With the way of each request through the API server. */
  readonly requests?: boolean;
}

/** `kubereel log`: the entries of a log, those that are asked for, a line each. */
export async function logCommand(what: string, options: LogOptions): Promise<number> {
  const { timeline, files } = openTimeline(what, options);
  const { lang, json = false, limit = Number.POSITIVE_INFINITY } = options;
  const of =
    options.object === undefined ? undefined : findObject(timeline, options.object, options.namespace);
  const watched = watchedField(of, options.field);
  const selection = selectionOf(timeline, { options, of, watched });
  const columns = entryColumns(timeline);
  let count = 0;
  const lines = function* (): Generator<string> {
    for (const entry of selectEntries(timeline, selection)) {
      if (count >= limit) return;
      count++;
      const told = withValues(timeline, entry, { told: tellEntry(timeline, entry, lang), watched });
      const request = options.requests
        ? requestLinesAt(timeline, entry.seq, { language: lang, files })
        : undefined;
      yield json
        ? `${jsonText({ ...told, event: entry.event, ...(request && { request }) })}\n`
        : [entryText(told, columns), ...(request ?? []).map((line) => `    ${printable(line)}`), ''].join(
            '\n',
          );
    }
  };
  await writeOut(lines());
  if (count === 0) tellBeside(`${printable(whyNone(timeline, options))}\n`);
  return EXIT.ok;
}

function watchedField(of: NamedObject | undefined, field: string | undefined): string | undefined {
  if (field === undefined) return of?.pointer;
  const pointer = pointerOf(field);
  if (pointer === undefined) throw new BadInput(({ wrong }) => wrong.noField(field));
  return `${of?.pointer ?? ''}${pointer}`;
}

interface Asked {
  readonly options: LogOptions;
  readonly of: NamedObject | undefined;
  readonly watched: string | undefined;
}

function selectionOf(timeline: Timeline, { options, of, watched }: Asked): Selection {
  const { lang, from, to, step, all, type, reverse = false } = options;
  const query = queryOf(timeline, options, of !== undefined);
  const range = step ? stepRange(timeline, step) : { from: 1, to: timeline.entries.length };
  return {
    from: Math.max(range.from, from ? firstFrom(timeline, from) : 1),
    to: Math.min(range.to, momentIn(timeline, to).cursor),
    // Whoever names what is wanted gets all of it.
    all: all === true || of !== undefined || watched !== undefined || type !== undefined,
    reverse,
    ...(query.length > 0 && { query }),
    shown: (entry) => entryLine(entry, timeline.worldAt(entry.seq), lang),
    ...(of && { of: watched === undefined ? { key: of.key } : { key: of.key, pointer: watched } }),
    ...(of === undefined && watched !== undefined && { pointer: watched }),
  };
}

/** An entry belongs to what begins with it; a time, to what happens from then on. */
function firstFrom(timeline: Timeline, from: Instant): number {
  const { clock } = momentIn(timeline, from);
  if (from.laterMs === undefined) {
    if (from.kind === 'entry') return from.seq;
    if (from.kind === 'step') return timeline.steps[from.step - 1] ?? 1;
  }
  const before = stopAtTime(timeline, clock);
  return timeline.timeOf(before) < clock ? before + 1 : firstAt(timeline, before);
}

/** The first entry at the time of another one. */
function firstAt({ timeOf }: Timeline, seq: number): number {
  let first = seq;
  while (first > 1 && timeOf(first - 1) === timeOf(seq)) first--;
  return first;
}

function stepRange(
  { steps, entries }: Timeline,
  [first, last]: readonly [number, number],
): { readonly from: number; readonly to: number } {
  const from = steps[first - 1];
  if (from === undefined) throw new BadInput(({ wrong }) => wrong.noStep(first, steps.length));
  return { from, to: (steps[last] ?? entries.length + 1) - 1 };
}

function queryOf(timeline: Timeline, options: LogOptions, isOfObject: boolean): Query {
  const { kind, name, namespace, actor, reason, type, text, grep } = options;
  return [
    ...(kind === undefined ? [] : [wholeTerm('kind', kindOf(kind, timeline))]),
    ...(name === undefined ? [] : [wholeTerm('name', name)]),
    ...(namespace === undefined || isOfObject ? [] : [wholeTerm('namespace', namespace)]),
    ...(actor === undefined ? [] : [wholeTerm('actor', actor)]),
    ...(reason === undefined ? [] : [wholeTerm('reason', reason)]),
    ...(type === undefined ? [] : [wholeTerm('type', type)]),
    ...(text === undefined ? [] : [textTerm(text)]),
    ...(grep === undefined ? [] : [textTerm(grep)]),
  ];
}

function kindOf(word: string, timeline: Timeline): string {
  const kind = resourceOf(word, resourcesEver(timeline))?.kind;
  if (kind !== undefined) return kind;
  throw new BadInput(({ wrong }) => wrong.kind(word, nearMiss(word, kindWords())));
}

interface Told {
  readonly told: ToldEntry;
  readonly watched: string | undefined;
}

/** With the values of a field that is watched, before and after. */
function withValues(timeline: Timeline, { event, seq }: Entry<Event>, { told, watched }: Told): ToldEntry {
  if (watched === undefined || !('key' in event)) return told;
  const { before, after } = valuesAt(timeline, { key: event.key, seq, pointer: watched });
  const field = fieldOf(watched);
  const { kind = '', name = '' } = told.object ?? {};
  const change = `${before === undefined ? '' : `${jsonText(before)} → `}${after === undefined ? '∅' : jsonText(after)}`;
  const values = {
    field,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
  return { ...told, ...values, what: printable(`${kind} ${name}: ${field} ${change}`) };
}

/** Why there is nothing to see: a word that the log does not have, and the one that was probably meant. */
function whyNone(timeline: Timeline, options: LogOptions): string {
  const { wrong } = wordsIn(options.lang);
  for (const what of ['actor', 'reason', 'type', 'name', 'namespace'] as const) {
    const word = options[what];
    if (word === undefined || word.includes('*')) continue;
    const known = knownWords(timeline, what);
    const isKnown = [...known].some((each) => isSaid(each, word));
    if (!isKnown) return wrong.noneOf(`--${what}`, word, nearMiss(word, known));
  }
  return wrong.noneFound;
}

function isSaid(known: string, word: string): boolean {
  const said = known.toLowerCase();
  return said === word.toLowerCase() || said.startsWith(`${word.toLowerCase()}/`);
}

function knownWords(
  { facts, entries: { length } }: Timeline,
  what: 'actor' | 'reason' | 'type' | 'name' | 'namespace',
): ReadonlySet<string> {
  const words = new Set<string>();
  for (let seq = 1; seq <= length; seq++) {
    if (what === 'name' || what === 'namespace') {
      words.add(facts.calledOf(facts.subject.textAt(seq))?.[what] ?? '');
      continue;
    }
    const word = facts[what].textAt(seq);
    words.add(word);
    if (what === 'actor') words.add(word.replace(/\/.*/, ''));
  }
  words.delete('');
  return words;
}
