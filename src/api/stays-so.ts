import { viewOf } from '../cluster/world/view-of.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { commitOf, stopAtTime } from '../replay/seek.ts';
import type { Timeline } from '../replay/timeline.ts';
import { formatClock } from '../report/clock.ts';
import type { Condition } from '../scenario/condition.ts';
import type { ConditionDocument } from '../scenario/language/schema/scenario-schema.ts';
import type { Wanted } from '../scenario/scenario.ts';
import { judge } from '../scenario/teller/judge.ts';
import type { Failure } from '../suite/case.ts';
import { causesOf } from '../suite/explain-miss.ts';
import type { Inside } from './inside.ts';
import { Refused } from './refused.ts';

/**
 * The first moment from a time on at which something was not so that had been; undefined where it stayed so.
 * Without a time it is asked from when it was so first.
 */
export function whenNot(inside: Inside, condition: ConditionDocument, since?: Millis): Failure | undefined {
  const { story } = inside;
  const [part] = story.compiled({ expect: condition }).steps.at(-1)?.parts ?? [];
  if (part?.kind !== 'expect') throw new Refused('nothing is asked');
  const timeline = inside.timeline();
  const from = since === undefined ? 0 : stopAtTime(timeline, since);
  let held: number | undefined;
  for (const seq of stopsConcerning(timeline, part.conditions, from)) {
    const view = viewOf(timeline.worldAt(seq));
    if (!view) continue;
    const verdict = judge(part.conditions, { view, at: timeline.timeOf(seq), captured: {} });
    if (verdict.holds) held = seq;
    else if (since !== undefined || held !== undefined)
      return broken(timeline, part, { seq, why: verdict.why, ...(held !== undefined && { held }) });
  }
  if (held !== undefined) return undefined;
  return { kind: 'expectation', what: part.what, why: 'it was never so', at: story.now(), held: 'never' };
}

/** Where one can stand and what the conditions speak of has changed; the first place is one of them. */
function* stopsConcerning(
  timeline: Timeline,
  conditions: readonly Condition[],
  from: number,
): Generator<number> {
  const resources = conditions.flatMap((each) =>
    each.of === 'resource' ? [each.resource] : each.of === 'event' ? ['events'] : [],
  );
  const isOfOthers = resources.length < conditions.length;
  let last = from;
  if (from > 0) yield from;
  for (let seq = from + 1; seq <= timeline.entries.length; seq++) {
    const event = timeline.entries.of(seq)?.event;
    const concerns = isOfOthers || (event && 'resource' in event && resources.includes(event.resource));
    const stop = concerns ? commitOf(timeline, seq) : last;
    if (stop !== last) yield stop;
    last = stop;
  }
}

interface Broken {
  readonly seq: number;
  readonly why: string;
  readonly held?: number;
}

function broken(timeline: Timeline, { what }: Wanted, { seq, why, held }: Broken): Failure {
  const entry = timeline.entries.of(seq);
  return {
    kind: 'invariant',
    what: `${what}, all the time`,
    why: `${why} at ${formatClock(timeline.timeOf(seq))}`,
    at: timeline.timeOf(seq),
    held: held === undefined ? 'never' : { at: timeline.timeOf(held), seq: held },
    ...(entry && { causes: causesOf(timeline, entry, 'en') }),
  };
}
