import type { KubeObject } from '../cluster/objects/kube-object.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { branchDifference } from '../replay/branch-difference.ts';
import { differenceOf, type ObjectDifference } from '../replay/difference.ts';
import type { NamedObject } from '../replay/object-named.ts';
import type { Instant } from '../replay/place.ts';
import { branchText, type Named } from '../report/branch-text.ts';
import { branchJson, differenceJson } from '../report/difference-json.ts';
import { differenceText, isHeartbeat, k8sEventDifferenceText } from '../report/difference-text.ts';
import { jsonText } from '../report/json-text.ts';
import { objectDifferenceText } from '../report/object-difference-text.ts';
import { printable } from '../report/printable.ts';
import { toldPlace } from '../report/told-entry.ts';
import { wordsIn } from '../words/words-in.ts';
import { BadInput, EXIT } from './exit.ts';
import { findObject } from './named-object.ts';
import { momentIn, openTimeline, type Travelled } from './open-timeline.ts';
import { type Side, sideOf } from './side.ts';
import type { Which } from './which.ts';
import { writeOut } from './write-out.ts';

export interface DiffOptions extends Which {
  readonly at?: Instant;
  readonly and?: Instant;
  readonly lang: string;
  readonly json?: boolean;
  readonly object?: string;
  readonly namespace?: string;
  /** Also leases and what was only written anew. */
  readonly all?: boolean;
}

/**
 * `kubereel diff`: what is otherwise at another instant of a log, or in another log. Ends with 1 if anything
 * is.
 */
export async function diffCommand(
  first: string,
  second: string | undefined,
  options: DiffOptions,
): Promise<number> {
  const [from, to] = [sideOf(first), second === undefined ? undefined : sideOf(second)];
  const one = openTimeline(from.what, options);
  const isSame = to === undefined || to.what === from.what;
  const { text, differs } = isSame
    ? instantsDiff(one, { ...options, ...instantsOf(from, to, options) })
    : logsDiff(
        { name: from.what, timeline: one.timeline },
        { name: to.what, timeline: openTimeline(to.what, options).timeline },
        { ...options, ...timeOf(from, to, options) },
      );
  await writeOut([text]);
  return differs ? EXIT.missed : EXIT.ok;
}

interface Diffed {
  readonly text: string;
  readonly differs: boolean;
}

function instantsOf(
  from: Side,
  to: Side | undefined,
  { at, and }: DiffOptions,
): { readonly one: Instant; readonly other: Instant } {
  const [one, other] = [from.at ?? at, to?.at ?? and];
  if (!one && !other) throw new BadInput(({ wrong }) => wrong.oneInstant);
  return { one: one ?? { kind: 'start' }, other: other ?? { kind: 'end' } };
}

interface Instants extends DiffOptions {
  readonly one: Instant;
  readonly other: Instant;
}

function instantsDiff({ timeline }: Travelled, options: Instants): Diffed {
  const { one, other, lang, json, all = false, namespace } = options;
  const [from, to] = [momentIn(timeline, one), momentIn(timeline, other)];
  const differences = differenceOf(timeline, from.cursor, to.cursor);
  const of = options.object === undefined ? undefined : findObject(timeline, options.object, namespace);
  const objectAt = (seq: number, key: string) => timeline.worldAt(seq).store.tables.objects.read(key, seq);
  const places = { from: toldPlace(from), to: toldPlace(to) };
  if (of) {
    const [before, after] = [objectAt(from.cursor, of.key), objectAt(to.cursor, of.key)];
    return objectDiff(of, { before, after, places, options });
  }
  const shown = differences.filter((each) => isIn(each, namespace) && (all || !isLease(each)));
  if (json) {
    const objects = shown.map(differenceJson);
    return { text: `${jsonText({ ...places, objects }, 2)}\n`, differs: objects.length > 0 };
  }
  const world = timeline.worldAt(Math.max(from.cursor, to.cursor));
  const lines = [
    ...differenceText(shown, world, { all, language: lang }),
    ...k8sEventDifferenceText(shown, lang),
  ];
  const differs = lines.length > 0;
  return { text: linesText(differs ? lines.map(({ text }) => text) : [wordsIn(lang).told.same]), differs };
}

interface ObjectSides {
  readonly before: KubeObject | undefined;
  readonly after: KubeObject | undefined;
  readonly places: { readonly from: unknown; readonly to: unknown };
  readonly options: DiffOptions;
}

function objectDiff({ key, pointer }: NamedObject, { before, after, places, options }: ObjectSides): Diffed {
  const text = objectDifferenceText({ before, after, ...(pointer !== undefined && { pointer }) });
  const differs = text !== '';
  if (options.json) {
    const sides = { before: before ?? null, after: after ?? null };
    return { text: `${jsonText({ ...places, key, differs, ...sides }, 2)}\n`, differs };
  }
  return { text: differs ? printable(text) : linesText([wordsIn(options.lang).told.same]), differs };
}

/** Two logs are looked at as of one virtual time; without any, when the later of them has ended. */
function timeOf(
  { at: one }: Side,
  { at: other }: Side,
  { at, and }: DiffOptions,
): { readonly time?: Instant } {
  if (and !== undefined || (one && other && JSON.stringify(one) !== JSON.stringify(other)))
    throw new BadInput(({ wrong }) => wrong.twoLogs);
  const time = one ?? other ?? at;
  return time ? { time } : {};
}

function logsDiff(left: Named, right: Named, options: DiffOptions & { readonly time?: Instant }): Diffed {
  const { time, lang, json, namespace, object } = options;
  const longer = left.timeline.duration >= right.timeline.duration ? left.timeline : right.timeline;
  const at = momentIn(longer, time).clock;
  if (object !== undefined) {
    const of = findObject(longer, object, namespace);
    const [from, to] = [sideAt(left, at, of), sideAt(right, at, of)];
    const places = { from: from.place, to: to.place };
    return objectDiff(of, { before: from.object, after: to.object, places, options });
  }
  const whole = branchDifference(left.timeline, right.timeline, at);
  const difference = { ...whole, objects: whole.objects.filter((each) => isIn(each, namespace)) };
  const differs = whole.left !== undefined || whole.right !== undefined;
  const telling = { left, right, words: wordsIn(lang).told.branch, language: lang };
  if (json) return { text: `${jsonText(branchJson(difference, telling), 2)}\n`, differs };
  const lines = branchText(difference, telling);
  return {
    text: linesText(lines.map(({ kind, text }) => (kind === 'heading' ? text : `  ${text}`))),
    differs,
  };
}

function sideAt({ timeline }: Named, at: Millis, { key }: NamedObject) {
  const moment = momentIn(timeline, { kind: 'time', ms: Math.min(at, timeline.duration) });
  const object = timeline.worldAt(moment.cursor).store.tables.objects.read(key, moment.cursor);
  return { object, place: toldPlace(moment) };
}

function isIn({ before, after }: ObjectDifference, namespace: string | undefined): boolean {
  return namespace === undefined || (after ?? before)?.metadata.namespace === namespace;
}

function isLease({ before, after }: ObjectDifference): boolean {
  const object = after ?? before;
  return object !== undefined && isHeartbeat(object);
}

function linesText(lines: readonly string[]): string {
  return printable(lines.map((line) => `${line}\n`).join(''));
}
