import type { StoryRow } from '../../cluster/contract/client-rows.ts';
import type { View } from '../../cluster/contract/component.ts';
import type { StoryEvent } from '../../cluster/contract/story-event.ts';
import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import { UNTOLD } from '../../cluster/world/evolve-story.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { ResourceCondition } from '../condition.ts';
import type { Scenario, Watch } from '../scenario.ts';
import { howSo } from './how-so.ts';
import { judge } from './judge.ts';
import { candidatesOf, isMeant, isWholly, judgeResource } from './judge-resource.ts';
import type { Judging, Verdict } from './verdict.ts';
import { conditionOfEach, isOpen } from './watch-keys.ts';

/** What a look at a watch tells, when, and which entry it follows from. */
export interface WatchMove {
  readonly at: Millis;
  readonly cause: number | null;
  readonly event: StoryEvent;
}

/** What there is to tell under a key of a watch, not before `from`; undefined while there is nothing. */
export function watchMove(
  scenario: Scenario,
  view: View,
  { key, from }: { readonly key: string; readonly from: Millis },
): WatchMove | undefined {
  const [, number = '', etcd] = key.split(' ');
  const index = Number(number);
  const watch = scenario.watches[index];
  // What is watched from the start is asked before the scenario has been opened, and looks after that.
  const story = view.rows.row('story', 'story') ?? UNTOLD;
  if (!watch || story.ended || !isOpen(watch, story)) return undefined;
  const state = story.invariants[number];
  if (state === 'broken' || state === 'met') return undefined;
  const since = story.holdings?.[number];
  const judging: Judging = { view, captured: story.captured };
  const looking: Looking = { watch, index, from, judging, ...(since !== undefined && { since }) };
  if (etcd !== undefined) return state === 'watched' ? moveOfObject(looking, etcd) : undefined;
  if (watch.form === 'always') return moveOfAlways(looking, state);
  return moveOfOther(looking);
}

interface Looking {
  readonly watch: Watch;
  readonly index: number;
  readonly from: Millis;
  readonly judging: Judging;
  /** Since when it has been so. */
  readonly since?: Millis;
}

function moveOfAlways(
  looking: Looking,
  state: StoryRow['invariants'][string] | undefined,
): WatchMove | undefined {
  const { watch, index, from, judging, since = 0 } = looking;
  const { what, forMs } = watch;
  if (state === undefined) {
    const verdict = judgeWhole(watch, judging);
    if (!verdict.holds) return undefined;
    return { at: from, cause: verdict.cause, event: { type: 'InvariantWatched', invariant: index, what } };
  }
  const end = endOf(looking);
  if (end) return end;
  if (forMs !== undefined && from >= since + forMs) return met(looking, { at: from, cause: null });
  const verdict = conditionOfEach(watch) ? HOLDS : judge(watch.conditions, judging);
  if (!verdict.holds) return brokenBy(looking, verdict);
  return forMs === undefined ? undefined : met(looking, { at: since + forMs, cause: null });
}

const HOLDS: Verdict = { holds: true, cause: null };

/** What must never be so, and what must be so some time: both are of the first moment at which it is so. */
function moveOfOther(looking: Looking): WatchMove | undefined {
  const { watch, index, from, judging, since } = looking;
  const { what, forMs, form, conditions } = watch;
  const end = endOf(looking);
  if (end) return end;
  const verdict = judge(conditions, judging);
  if (!verdict.holds) {
    if (since === undefined) return undefined;
    const cause = verdict.cause ?? null;
    return { at: from, cause, event: { type: 'HoldingEnded', invariant: index, what, why: verdict.why } };
  }
  if (forMs !== undefined && since === undefined)
    return { at: from, cause: verdict.cause, event: { type: 'HoldingBegan', invariant: index, what } };
  const at = forMs === undefined ? from : Math.max(from, (since ?? 0) + forMs);
  if (form === 'eventually') return met(looking, { at, cause: verdict.cause });
  const { why, cause } = howSo(conditions, judging);
  return {
    at,
    cause: cause ?? verdict.cause,
    event: { type: 'InvariantBroken', invariant: index, what, why },
  };
}

/** What ends a watch has come. */
function endOf(looking: Looking): WatchMove | undefined {
  const { watch, from, judging } = looking;
  const verdict = watch.until && judge(watch.until.conditions, judging);
  return verdict?.holds ? met(looking, { at: from, cause: verdict.cause }) : undefined;
}

function met({ watch: { what }, index }: Looking, when: Omit<WatchMove, 'event'>): WatchMove {
  return { ...when, event: { type: 'InvariantMet', invariant: index, what } };
}

function brokenBy(
  { watch: { what }, index, from }: Looking,
  { why, cause = null }: Extract<Verdict, { holds: false }>,
): WatchMove {
  return { at: from, cause, event: { type: 'InvariantBroken', invariant: index, what, why } };
}

/** One object of those that it is about. */
function moveOfObject(looking: Looking, key: string): WatchMove | undefined {
  const { watch, from, judging, since = 0 } = looking;
  const condition = conditionOfEach(watch);
  if (!condition || endOf(looking)) return undefined;
  if (watch.forMs !== undefined && from >= since + watch.forMs) return undefined;
  const why = whyNot(condition, judging, key);
  if (why === undefined) return undefined;
  return brokenBy(looking, { holds: false, why, cause: judging.view.objects.changedAt(key) ?? null });
}

function judgeWhole(watch: Watch, judging: Judging): Verdict {
  const condition = conditionOfEach(watch);
  if (!condition) return judge(watch.conditions, judging);
  const { captured, view } = judging;
  const meant = candidatesOf(condition, captured, view.objects).filter((object) =>
    isMeant(condition, object, captured),
  );
  const allHold = meant.length > 0 && meant.every((object) => isWholly(condition, object, captured));
  return allHold ? HOLDS : { holds: false, why: '' };
}

function whyNot(condition: ResourceCondition, judging: Judging, key: string): string | undefined {
  const { view, captured } = judging;
  const object = view.objects.byKey<KubeObject>(key);
  if (!object) return undefined;
  const { name = '', namespace } = object.metadata;
  if (condition.namespace !== undefined && condition.namespace !== namespace) return undefined;
  if (!isMeant(condition, object, captured)) return undefined;
  const own = { ...condition, name, ...(namespace !== undefined && { namespace }) };
  const verdict = judgeResource(own, judging);
  return verdict.holds ? undefined : verdict.why;
}
