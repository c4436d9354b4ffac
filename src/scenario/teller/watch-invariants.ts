import type { View } from '../../cluster/contract/component.ts';
import type { Event } from '../../cluster/contract/event.ts';
import type { RowReader } from '../../cluster/contract/reader.ts';
import type { StoryEvent } from '../../cluster/contract/story-event.ts';
import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import { matchValue } from '../matching/match-value.ts';
import type { Invariant, ResourceCondition, Scenario } from '../scenario.ts';
import { judge } from './judge.ts';
import { candidatesOf, etcdKey, judgeResource, selectorOf } from './judge-resource.ts';
import type { Verdict } from './verdict.ts';

/**
 * An invariant is watched from the first moment at which it holds, and must hold from then on. Its key is
 * `watch 0` as a whole; once it is watched, one about each object has a key for each, so that a change costs
 * a look at one object. Keys sort after `story`: the scenario has been opened when the first of them looks.
 */
export function* invariantKeys(scenario: Scenario, view: View): Generator<string> {
  for (const [index, { condition }] of scenario.always.entries()) {
    yield wholeKey(index);
    if (!isOfEach(condition)) continue;
    for (const object of candidatesOf(condition, {}, view.objects))
      yield objectKey(index, etcdKey(condition, object));
  }
}

/** The keys that a change in the store concerns. */
export function* keysConcerned(scenario: Scenario, event: Event, rows: RowReader): Generator<string> {
  const isTraffic = event.type === 'TrafficStarted' || event.type === 'TrafficCounted';
  const isRestore = event.type === 'StoreRestored';
  if (scenario.always.length === 0) return;
  if (!(isTraffic || isRestore || ('resource' in event && 'key' in event))) return;
  const story = rows.row('story', 'story');
  for (const [index, { condition }] of scenario.always.entries()) {
    if (!speaksOf(condition, event)) continue;
    const state = story?.invariants[String(index)];
    if (state === 'broken') continue;
    yield state === 'watched' && isOfEach(condition) && 'key' in event
      ? objectKey(index, event.key)
      : wholeKey(index);
  }
}

function speaksOf(condition: Invariant['condition'], event: Event): boolean {
  if (condition.of === 'traffic') return event.type === 'TrafficStarted' || event.type === 'TrafficCounted';
  if (event.type === 'StoreRestored') return true;
  if (!('resource' in event)) return false;
  return (condition.of === 'event' ? 'events' : condition.resource) === event.resource;
}

/** What a look at an invariant tells, and which entry it follows from. */
export interface WatchTold {
  readonly cause: number | null;
  readonly event: StoryEvent;
}

/** What the look at a key tells; undefined if it has nothing to tell. */
export function watchInvariant(scenario: Scenario, view: View, key: string): WatchTold | undefined {
  const [, number = '', etcd] = key.split(' ');
  const invariant = Number(number);
  const story = view.rows.row('story', 'story');
  const watched = scenario.always[invariant];
  const state = story?.invariants[number];
  if (!watched || story?.ended || state === 'broken') return undefined;
  const { what, condition } = watched;
  if (etcd !== undefined) {
    const why =
      state === 'watched' && condition.of === 'resource' ? whyNot(condition, view, etcd) : undefined;
    const cause = view.objects.changedAt(etcd) ?? null;
    return why === undefined
      ? undefined
      : { cause, event: { type: 'InvariantBroken', invariant, what, why } };
  }
  if (state === 'watched' && isOfEach(condition)) return undefined;
  const verdict = judgeWhole(watched, view);
  if (verdict.holds === (state === 'watched')) return undefined;
  if (verdict.holds) return { cause: verdict.cause, event: { type: 'InvariantWatched', invariant, what } };
  const cause = verdict.cause ?? null;
  return { cause, event: { type: 'InvariantBroken', invariant, what, why: verdict.why } };
}

/** About each object of its selection, unless it counts them. */
function isOfEach(condition: Invariant['condition']): condition is ResourceCondition {
  return condition.of === 'resource' && condition.count === undefined;
}

function judgeWhole({ condition }: Invariant, view: View): Verdict {
  if (!isOfEach(condition)) return judge([condition], { view, captured: {} });
  const selector = selectorOf(condition.pattern);
  const selected = candidatesOf(condition, {}, view.objects).filter((object) => isLike(selector, object));
  const allHold = selected.length > 0 && selected.every((object) => isLike(condition.pattern, object));
  return allHold ? { holds: true, cause: null } : { holds: false, why: '' };
}

function whyNot(condition: ResourceCondition, view: View, key: string): string | undefined {
  const object = view.objects.byKey(key);
  if (!object) return undefined;
  const { name = '', namespace } = object.metadata;
  if (condition.namespace !== undefined && condition.namespace !== namespace) return undefined;
  if (!isLike(selectorOf(condition.pattern), object)) return undefined;
  const own = { ...condition, name, ...(namespace !== undefined && { namespace }) };
  const verdict = judgeResource(own, { view, captured: {} });
  return verdict.holds ? undefined : verdict.why;
}

function isLike(pattern: ResourceCondition['pattern'], object: KubeObject): boolean {
  return matchValue(pattern, object).misses.length === 0;
}

function wholeKey(index: number): string {
  return `watch ${index}`;
}

function objectKey(index: number, etcd: string): string {
  return `watch ${index} ${etcd}`;
}
