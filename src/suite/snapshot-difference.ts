import type { Event } from '../cluster/contract/event.ts';
import { isEqualJson, isObject } from '../cluster/objects/json.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { readLog } from '../kernel/log/read-log.ts';
import { branchDifference } from '../replay/branch-difference.ts';
import { createTimeline, type Timeline } from '../replay/timeline.ts';
import { branchText } from '../report/branch-text.ts';
import { showValue } from '../scenario/matching/show-value.ts';
import type { BranchWords } from '../words/words.ts';

export interface LogTelling {
  /** What the two are called. */
  readonly names: { readonly kept: string; readonly now: string };
  readonly words: BranchWords;
  readonly language: string;
}

/** Where a log parts from the one that was kept, and what was otherwise in the end. */
export interface LogDifference {
  /** As a story, a line each. */
  readonly story: readonly string[];
  /** Of the last entry that both have. */
  readonly seq: number;
  /** The scenario or a file that it uses is another one. */
  readonly isRewritten: boolean;
}

/** How many lines of the difference in the end are told: the first ones say most. */
const LINES = 24;

/** The difference of a log from the one that was kept, as a story that a person can read. */
export function logDifference(
  kept: string,
  log: readonly Entry<Event>[],
  { digest, telling }: { readonly digest: string; readonly telling: LogTelling },
): LogDifference {
  const { names, words, language } = telling;
  const { header, entries, damage } = readLog<Event>(linesOf(kept));
  const [before, now] = [createTimeline(entries), createTimeline(log)];
  const at = Math.max(before.duration, now.duration);
  const difference = branchDifference(before, now, at);
  const left = { name: names.kept, timeline: before };
  const right = { name: names.now, timeline: now };
  const lines = branchText(difference, { left, right, words, language }).map(({ kind, text }) =>
    kind === 'heading' ? text : `  ${text}`,
  );
  const told = lines.length > LINES ? [...lines.slice(0, LINES), `  … ${lines.length - LINES}`] : lines;
  const next = difference.shared + 1;
  const parts = partsOf(difference.left, difference.right);
  const silent = parts.length > 0 ? [] : silentParts(before.entries.of(next), now.entries.of(next), names);
  const reason = damage ? [`${names.kept}: line ${damage.line}: ${damage.reason}`] : [];
  return {
    story: [...reason, ...told.slice(0, 3), ...parts, ...silent, ...told.slice(3)],
    seq: lastShared(now, difference.shared),
    isRewritten: header !== undefined && header.scenario.digest !== digest,
  };
}

/** Of two entries that read alike: the fields in which they are not the same. */
const PARTS = 4;

function partsOf(left: Entry<Event> | undefined, right: Entry<Event> | undefined): readonly string[] {
  if (left?.event.type !== right?.event.type || !left || !right) return [];
  const parts = [...fieldsApart(left.event, right.event, '')];
  const shown = parts.slice(0, PARTS).map((part) => `    ${part}`);
  return parts.length > PARTS ? [...shown, `    … ${parts.length - PARTS}`] : shown;
}

/**
 * What parts two logs may be nothing that is told, such as what a kubelet has made up its mind to do: where
 * what is told after it reads alike, it is the fault itself.
 */
function silentParts(
  left: Entry<Event> | undefined,
  right: Entry<Event> | undefined,
  names: LogTelling['names'],
): readonly string[] {
  if (!left || !right) return [];
  const said = ({ actor, key, event }: Entry<Event>): string => `${actor}: ${event.type} ${key}`;
  if (said(left) !== said(right))
    return [`    ${names.kept}: ${said(left)}`, `    ${names.now}: ${said(right)}`];
  const [inEvent, around] = [
    partsOf(left, right),
    [...fieldsApart({ ...left, event: 0 }, { ...right, event: 0 }, '')],
  ];
  return [`    ${said(left)}:`, ...inEvent, ...around.slice(0, PARTS).map((part) => `    ${part}`)];
}

function* fieldsApart(before: unknown, after: unknown, path: string): Generator<string> {
  if (isEqualJson(before, after)) return;
  if (isObject(before) && isObject(after)) {
    for (const field of new Set([...Object.keys(before), ...Object.keys(after)]))
      yield* fieldsApart(before[field], after[field], path === '' ? field : `${path}.${field}`);
  } else if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (const [index, each] of before.entries()) yield* fieldsApart(each, after[index], `${path}[${index}]`);
  } else {
    yield `${path}: ${showValue(before)} → ${showValue(after)}`;
  }
}

function lastShared({ entries }: Timeline, shared: number): number {
  return Math.min(entries.length, shared + 1);
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** The first line in which two texts part, with the line before it. */
export function textDifference(kept: string, now: string): readonly string[] {
  const [before, after] = [kept.split('\n'), now.split('\n')];
  const part = before.findIndex((line, index) => line !== after[index]);
  const place = part < 0 ? before.length : part;
  const shared = place > 0 ? [`  ${before[place - 1] ?? ''}`] : [];
  const [old, fresh] = [before[place], after[place]];
  return [
    ...shared,
    ...(old === undefined ? [] : [`- ${old}`]),
    ...(fresh === undefined ? [] : [`+ ${fresh}`]),
  ];
}
