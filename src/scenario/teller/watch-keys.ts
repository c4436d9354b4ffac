import type { StoryRow } from '../../cluster/contract/client-rows.ts';
import type { View } from '../../cluster/contract/component.ts';
import type { Event } from '../../cluster/contract/event.ts';
import type { RowReader } from '../../cluster/contract/reader.ts';
import { derived } from '../../cluster/objects/derived.ts';
import { UNTOLD } from '../../cluster/world/evolve-story.ts';
import type { ResourceCondition } from '../condition.ts';
import type { Scenario, Watch } from '../scenario.ts';
import { candidatesOf, etcdKey } from './judge-resource.ts';
import { topicOf, topicsOfCondition } from './topics.ts';

/**
 * The keys under which a scenario's watches look. A watch is `watch 0` as a whole; once it is known to hold,
 * one about each object has a key for each, so that a change costs a look at one object. Keys sort after
 * `story`: the scenario has been opened when the first of them looks.
 */
export function* watchKeys({ watches }: Scenario, view: View): Generator<string> {
  const captured = view.rows.row('story', 'story')?.captured ?? {};
  for (const [index, watch] of watches.entries()) {
    yield wholeKey(index);
    const condition = conditionOfEach(watch);
    if (!condition) continue;
    for (const object of candidatesOf(condition, captured, view.objects))
      yield objectKey(index, etcdKey(condition, object));
  }
}

/** The keys that something concerns which has happened. */
export function* keysConcerned(scenario: Scenario, event: Event, rows: RowReader): Generator<string> {
  if (event.type === 'StepBegan') {
    for (const [index, { step = 0, ofStep }] of scenario.watches.entries())
      if (step === event.step || ofStep) yield wholeKey(index);
    return;
  }
  const topic = topicOf(event);
  const concerned = topic === undefined ? undefined : byTopic(scenario).get(topic);
  if (!concerned) return;
  const story = rows.row('story', 'story') ?? UNTOLD;
  if (story.ended) return;
  for (const { index, watch, ofUntil } of concerned) {
    const state = story.invariants[String(index)];
    if (state === 'broken' || state === 'met' || !isOpen(watch, story)) continue;
    const isOfObject = state === 'watched' && conditionOfEach(watch) !== undefined && 'key' in event;
    if (isOfObject && !ofUntil) yield objectKey(index, event.key);
    else yield wholeKey(index);
  }
}

interface Concerned {
  readonly index: number;
  readonly watch: Watch;
  /** It is what would end the watch that is spoken of. */
  readonly ofUntil: boolean;
}

/** Found once for each scenario, so that what no watch speaks of costs nothing. */
const byTopic = derived(({ watches }: Scenario): ReadonlyMap<string, readonly Concerned[]> => {
  const found = new Map<string, Concerned[]>();
  const note = (topic: string, concerned: Concerned): void => {
    const known = found.get(topic) ?? [];
    found.set(topic, known);
    if (!known.some(({ index, ofUntil }) => index === concerned.index && ofUntil === concerned.ofUntil))
      known.push(concerned);
  };
  for (const [index, watch] of watches.entries()) {
    for (const condition of watch.conditions)
      for (const topic of topicsOfCondition(condition)) note(topic, { index, watch, ofUntil: false });
    for (const condition of watch.until?.conditions ?? [])
      for (const topic of topicsOfCondition(condition)) note(topic, { index, watch, ofUntil: true });
  }
  return found;
});

/** Whether a watch has begun, and has not ended with its step, or with the story. */
export function isOpen({ step = 0, ofStep }: Watch, story: StoryRow): boolean {
  return step <= toldOf(story) && !(ofStep && story.step > step) && story.phase !== 'teardown';
}

/** How many steps of the scenario have begun: those that somebody else types are not its own. */
export function toldOf({ step, own = 0 }: StoryRow): number {
  return step - own;
}

/** The condition of a watch that is about each object of its selection, unless it counts them. */
export function conditionOfEach({ form, conditions }: Watch): ResourceCondition | undefined {
  const [condition] = conditions;
  const isOfEach = form === 'always' && condition?.of === 'resource' && condition.count === undefined;
  return isOfEach ? condition : undefined;
}

function wholeKey(index: number): string {
  return `watch ${index}`;
}

function objectKey(index: number, etcd: string): string {
  return `watch ${index} ${etcd}`;
}
