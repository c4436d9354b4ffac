import type { Event } from '../cluster/contract/event.ts';
import type { CoreEvent } from '../cluster/objects/kubernetes.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { firstAbove } from '../kernel/table/first-above.ts';
import {
  type BranchDifference,
  type K8sEventDifference,
  LATER_MS,
  type Seen,
} from '../replay/branch-difference.ts';
import type { Timeline } from '../replay/timeline.ts';
import type { BranchWords } from '../words/words.ts';
import { formatClock } from './clock.ts';
import { type DifferenceLine, differenceText } from './difference-text.ts';
import { entryLine } from './entry-line.ts';

export interface BranchLine {
  readonly kind: 'heading' | 'left' | 'right' | DifferenceLine['kind'];
  readonly text: string;
}

/** A log, and what it is called among the branches. */
export interface Named {
  readonly name: string;
  readonly timeline: Timeline;
}

export interface BranchTelling {
  readonly left: Named;
  readonly right: Named;
  readonly words: BranchWords;
  readonly language: string;
}

/**
 * The difference of two branches: where they part, which objects are otherwise, what happened only in one.
 */
export function branchText(difference: BranchDifference, telling: BranchTelling): readonly BranchLine[] {
  const { shared, at, objects, k8sEvents } = difference;
  const { left, right, words } = telling;
  const heading = (text: string): BranchLine => ({ kind: 'heading', text });
  const clock = formatClock(at);
  const begin = shared === 0 ? words.nothingShared : words.same(formatClock(left.timeline.timeOf(shared)));
  if (!difference.left && !difference.right) return [heading(words.alike(clock))];
  const lines = differenceText(objects, right.timeline.worldAt(right.timeline.entries.length), {
    language: telling.language,
  });
  const group = (title: string, some: readonly BranchLine[]): readonly BranchLine[] =>
    some.length === 0 ? [] : [heading(title), ...some];
  const events = (isOf: (each: K8sEventDifference) => boolean, kind: BranchLine['kind']): BranchLine[] =>
    k8sEvents
      .filter(isOf)
      .sort((a, b) => rankOf(a) - rankOf(b))
      .map((each) => ({ kind, text: k8sEventText(each) }));
  return [
    ...group(begin, [
      ...partText(difference.left, left, telling),
      ...partText(difference.right, right, telling),
    ]),
    ...group(words.otherwise(right.name, left.name, clock), lines),
    ...group(
      words.onlyIn(left.name),
      events((each) => each.right.count === 0, 'left'),
    ),
    ...group(
      words.onlyIn(right.name),
      events((each) => each.left.count === 0, 'right'),
    ),
    ...group(
      words.inBoth(left.name, right.name),
      events((each) => each.left.count > 0 && each.right.count > 0, 'changed'),
    ),
  ];
}

/** What was the first thing to happen in one of the two: a line that was typed says most. */
function partText(
  entry: Entry<Event> | undefined,
  { name, timeline }: Named,
  { left, right, words, language }: BranchTelling,
): readonly BranchLine[] {
  const width = Math.max(left.name.length, right.name.length);
  const kind = name === left.name ? 'left' : 'right';
  const title = name.padEnd(width);
  if (!entry) return [{ kind, text: `${title}  ${words.nothingYet}` }];
  const told = commandAfter(timeline, entry) ?? entry;
  const line = entryLine(told, timeline.worldAt(told.seq), language);
  return [{ kind, text: `${title}  ${formatClock(told.at)} ${told.actor}: ${line}` }];
}

/** Whoever takes a story over types something a moment later. */
function commandAfter(timeline: Timeline, { event, seq }: Entry<Event>): Entry<Event> | undefined {
  if (event.type !== 'StoryHandedOver' && event.type !== 'BranchBegan') return undefined;
  const { entries, facts, story } = timeline;
  const step = facts.type.names.find('StepBegan');
  const found = story.slice(firstAbove(story, seq)).find((each) => facts.type.idAt(each) === step);
  if (found === undefined) return undefined;
  const next = entries.of(found + 1);
  return next?.event.type === 'CommandTyped' ? next : entries.of(found);
}

/** What went wrong matters more than what is done at every start. */
function rankOf({ k8sEvent: { type, reason } }: K8sEventDifference): number {
  return type === 'Warning' || reason === 'Killing' ? 0 : 1;
}

/** `00:46.120 Killing Pod web: Stopping container`, how often at the end, and when in the other. */
function k8sEventText({ k8sEvent, left, right }: K8sEventDifference): string {
  return `${seenText(left, right)}  ${saidText(k8sEvent)}`;
}

function seenText(left: Seen, right: Seen): string {
  if (left.count > 0 && right.count > 0) {
    const times = left.count === right.count ? `×${left.count}` : `×${left.count} → ×${right.count}`;
    const isMoved = Math.abs((left.first ?? 0) - (right.first ?? 0)) > LATER_MS;
    return `${times}  ${isMoved ? `${clockOf(left)} → ${clockOf(right)}` : clockOf(left)}`;
  }
  const seen = left.count > 0 ? left : right;
  return `×${seen.count}  ${clockOf(seen)}`;
}

function clockOf({ first = 0 }: Seen): string {
  return formatClock(first);
}

function saidText({
  reason = '',
  message = '',
  involvedObject: { kind = '', name = '' },
}: CoreEvent): string {
  return `${reason} ${kind}/${name}: ${message}`.replace(/\s+/g, ' ').trim();
}
