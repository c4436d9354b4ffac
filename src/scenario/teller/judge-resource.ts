import type { ObjectReader } from '../../cluster/contract/reader.ts';
import { isObject, type Json } from '../../cluster/objects/json.ts';
import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import { matchesLabels, parseLabelSelector } from '../../cluster/objects/label-selector.ts';
import { storageKey } from '../../cluster/objects/storage-key.ts';
import type { ResourceCondition } from '../condition.ts';
import { valueWithCaptured, withCaptured } from '../language/captured-names.ts';
import { describePattern } from '../matching/describe-pattern.ts';
import { type Likeness, type Miss, matchValue, nearestBy } from '../matching/match-value.ts';
import { fieldMisses } from './judge-fields.ts';
import type { Judging, Verdict } from './verdict.ts';

/**
 * Whether there are objects like the pattern, as many as wanted; if not, which is the nearest and where it
 * differs.
 */
export function judgeResource(condition: ResourceCondition, { view, captured }: Judging): Verdict {
  const likeness = likenessTo(condition, captured);
  const candidates = candidatesOf(condition, captured, view.objects).filter((each) =>
    isSelected(condition, each),
  );
  const changedAt = (object: KubeObject): number => view.objects.changedAt(etcdKey(condition, object)) ?? 0;
  if (condition.count !== undefined) {
    return judgeCount(condition, { likeness, candidates, count: condition.count, changedAt });
  }
  const best = nearestBy(candidates, likeness);
  if (!best) return { holds: false, why: noneWords(condition, captured, view.objects) };
  const cause = changedAt(best.item) || null;
  if (best.likeness.misses.length > 0)
    return { holds: false, why: missWords(condition, best.item, best.likeness), cause };
  return { holds: true, cause };
}

/** Whether an object is one of those that a condition is about. */
export function isMeant(condition: ResourceCondition, object: KubeObject, captured: Captured): boolean {
  const selector = selectorOf(valueWithCaptured(condition.pattern, captured));
  return isSelected(condition, object) && matchValue(selector, object).misses.length === 0;
}

/** Whether an object is all that a condition says. */
export function isWholly(condition: ResourceCondition, object: KubeObject, captured: Captured): boolean {
  return isSelected(condition, object) && likenessTo(condition, captured)(object).misses.length === 0;
}

/** The objects of which a condition is true. */
export function objectsLike(
  condition: ResourceCondition,
  { view, captured }: Judging,
): readonly KubeObject[] {
  const likeness = likenessTo(condition, captured);
  return candidatesOf(condition, captured, view.objects).filter(
    (each) => isSelected(condition, each) && likeness(each).misses.length === 0,
  );
}

type Captured = Readonly<Record<string, string>>;
type LikenessTo = (object: KubeObject) => Likeness;

function isSelected({ selector }: ResourceCondition, { metadata }: KubeObject): boolean {
  if (selector === undefined) return true;
  const parsed = parseLabelSelector(selector);
  return parsed.ok && matchesLabels(parsed.requirements, metadata.labels);
}

function likenessTo({ pattern, fields = [] }: ResourceCondition, captured: Captured): LikenessTo {
  const wanted = valueWithCaptured(pattern, captured);
  if (fields.length === 0) return (object) => matchValue(wanted, object);
  return (object) => {
    const { agreed, misses } = matchValue(wanted, object);
    const missed = fields.flatMap((field) => fieldMisses(field, object as unknown as Json, captured));
    return { agreed: agreed + fields.length - missed.length, misses: [...misses, ...missed] };
  };
}

/**
 * The objects that a condition could speak of: of its kind, and of its namespace and name if it says them.
 */
export function candidatesOf(
  { resource, namespace, name }: ResourceCondition,
  captured: Readonly<Record<string, string>>,
  objects: ObjectReader,
): readonly KubeObject[] {
  const space = namespace === undefined ? undefined : withCaptured(namespace, captured);
  // A namespaced object cannot be had by its name alone: then the pattern finds it in the list.
  const named = name !== undefined && objects.get(resource, space, withCaptured(name, captured));
  if (named) return [named];
  return name !== undefined && space !== undefined ? [] : objects.list(resource, space);
}

interface Counting {
  readonly likeness: LikenessTo;
  readonly candidates: readonly KubeObject[];
  readonly count: Json;
  readonly changedAt: (object: KubeObject) => number;
}

function judgeCount({ kind }: ResourceCondition, counting: Counting): Verdict {
  const { likeness, candidates, count, changedAt } = counting;
  const like = candidates.filter((candidate) => likeness(candidate).misses.length === 0);
  if (matchValue(count, like.length).misses.length === 0) return { holds: true, cause: null };
  const names = like.length === 0 ? '' : ` (${namesOf(like)})`;
  const wanted = describePattern(count);
  const whole = `${like.length} of ${candidates.length} ${kind} objects are like that${names}, wanted ${wanted}`;
  const best = like.length === 0 ? nearestBy(candidates, likeness) : undefined;
  return {
    holds: false,
    why: best ? `${whole}; nearest: ${differences(kind, best.item, best.likeness.misses)}` : whole,
    cause: Math.max(0, ...candidates.map(changedAt)) || null,
  };
}

function missWords({ kind }: ResourceCondition, item: KubeObject, { misses }: Likeness): string {
  const words = differences(kind, item, misses);
  // The metadata is what selects: an object that differs there is another one.
  const isOther = misses.some(({ path }) => path.startsWith('metadata.'));
  return isOther ? `matched no object at all; nearest: ${words}` : words;
}

const MAX_DIFFERENCES = 4;

function differences(kind: string, { metadata }: KubeObject, misses: readonly Miss[]): string {
  const name = metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
  const shown = misses
    .slice(0, MAX_DIFFERENCES)
    .map(({ path, wanted, found }) => `${path} is ${found}, wanted ${wanted}`);
  const left = misses.length - shown.length;
  return `${kind} ${name}: ${shown.join('; ')}${left > 0 ? `; and ${left} more` : ''}`;
}

function noneWords(
  { kind, resource, namespace, name }: ResourceCondition,
  captured: Readonly<Record<string, string>>,
  objects: ObjectReader,
): string {
  const where = namespace === undefined ? '' : ` in namespace ${withCaptured(namespace, captured)}`;
  const others = objects.list(
    resource,
    namespace === undefined ? undefined : withCaptured(namespace, captured),
  );
  if (name === undefined || others.length === 0)
    return `matched no object at all: there is no ${kind}${where}`;
  return `matched no object at all: there is no ${kind} "${withCaptured(name, captured)}"${where}, but ${namesOf(others)}`;
}

const MAX_NAMES = 6;

function namesOf(objects: readonly KubeObject[]): string {
  const names = objects.slice(0, MAX_NAMES).map(({ metadata }) => metadata.name ?? '');
  const left = objects.length - names.length;
  return `${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

export function etcdKey(
  { resource }: ResourceCondition,
  { metadata: { name = '', namespace } }: KubeObject,
): string {
  return storageKey({ resource, name, ...(namespace !== undefined && { namespace }) });
}

/** The part of a pattern that says which objects are meant, as against how they must be. */
function selectorOf(pattern: Json): Json {
  const metadata = isObject(pattern) ? pattern['metadata'] : undefined;
  return metadata === undefined ? {} : ({ metadata } as Json);
}
