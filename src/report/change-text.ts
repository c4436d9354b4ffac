import type { Event } from '../cluster/contract/event.ts';
import type { ConditionLike } from '../cluster/objects/conditions.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import type { Pod } from '../cluster/objects/kubernetes.ts';
import type { World } from '../cluster/world/world.ts';
import { valueAt } from '../replay/value-at.ts';
import type { ChangeWords } from '../words/entry-words.ts';
import { restartsOf, summaries } from './pod-summaries.ts';

export interface Changed {
  readonly before: KubeObject;
  readonly after: KubeObject;
  readonly event: Extract<Event, { type: 'ObjectUpdated' }>;
  readonly world: World;
  readonly words: ChangeWords;
}

/** What changed in an object, in plain words, what matters most first. */
export function changeText(changed: Changed): string {
  const texts = [
    ...lifeTexts(changed),
    ...(changed.after.kind === 'Pod' ? podTexts(changed) : []),
    ...conditionTexts(changed),
  ];
  const fields = fieldTexts(changed);
  return (texts.length > 0 ? texts : fields.length > 0 ? fields : [changed.words.writtenAnew]).join(', ');
}

function* lifeTexts({ before, after, words }: Changed): Generator<string> {
  const { deletionTimestamp, deletionGracePeriodSeconds: grace, finalizers = [] } = after.metadata;
  if (deletionTimestamp && !before.metadata.deletionTimestamp) {
    yield words.toBeDeleted({ held: finalizers, grace });
  } else if (deletionTimestamp && grace !== before.metadata.deletionGracePeriodSeconds) {
    yield grace === 0 || grace === undefined ? words.mayBeRemoved : words.hasGrace(grace);
  }
}

/** What `kubectl get pods` would show otherwise than before. */
function* podTexts({ before, after, world, words }: Changed): Generator<string> {
  const [old, now] = [before as Pod, after as Pod];
  if (now.spec.nodeName && !old.spec.nodeName) yield words.boundTo(now.spec.nodeName);
  yield* podDifferences(old, now, { world, words });
  const ip = now.status?.podIP;
  if (ip && ip !== old.status?.podIP) yield `IP ${ip}`;
}

/** `Pending → Running`, `ready 0/1 → 1/1`, `restarts 0 → 1`. */
function* podDifferences(
  before: Pod,
  after: Pod,
  { world, words }: Pick<Changed, 'world' | 'words'>,
): Generator<string> {
  const { old, now } = summaries(before, after, world);
  if (old.status !== now.status) yield `${old.status || words.new} → ${now.status}`;
  if (old.ready !== now.ready) yield `${words.ready} ${old.ready} → ${now.ready}`;
  const restarts = [restartsOf(before), restartsOf(after)];
  if (restarts[0] !== restarts[1]) yield `${words.restarts} ${restarts.join(' → ')}`;
}

function* conditionTexts({ before, after }: Changed): Generator<string> {
  const old = new Map(conditionsOf(before).map((each) => [each.type, each.status]));
  for (const { type, status } of conditionsOf(after)) {
    const was = old.get(type);
    if (was === status) continue;
    yield was === undefined ? `${type} ${status}` : `${type} ${was} → ${status}`;
  }
}

function conditionsOf(object: KubeObject): readonly ConditionLike[] {
  const status = 'status' in object ? (object.status as { conditions?: ConditionLike[] }) : undefined;
  return status?.conditions ?? [];
}

/** The fields themselves; an object's own bookkeeping says nothing to a reader. */
function fieldTexts({ before, words, event: { set = {}, unset = [] } }: Changed): readonly string[] {
  const changed = Object.entries(set)
    .filter(([path]) => !BOOKKEEPING.test(path))
    .map(([path, value]) => {
      const was = valueAt(before, path);
      return `${dotted(path)} ${was === undefined ? brief(value) : `${brief(was)} → ${brief(value)}`}`;
    });
  return [
    ...changed,
    ...unset
      .filter((path) => !BOOKKEEPING.test(path))
      .map((path) => goneText(path, valueAt(before, path), words)),
  ];
}

const BOOKKEEPING =
  /\/(resourceVersion|managedFields|observedGeneration|generation|fullyLabeledReplicas|last[A-Za-z]+Time|renewTime)(\/|$)/;

function goneText(path: string, was: unknown, words: ChangeWords): string {
  const field = dotted(path);
  return typeof was === 'object' ? words.without(field) : `${field} ${brief(was)} → ${words.none}`;
}

function dotted(path: string): string {
  return path.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
}

function brief(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : '[…]';
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0 ? '{}' : '{…}';
  return String(value);
}
