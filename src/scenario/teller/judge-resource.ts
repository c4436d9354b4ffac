import type { ObjectReader } from '../../cluster/contract/reader.ts';
import { isObject, type Json } from '../../cluster/objects/json.ts';
import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import { storageKey } from '../../cluster/objects/storage-key.ts';
import { valueWithCaptured, withCaptured } from '../language/captured-names.ts';
import { describePattern } from '../matching/describe-pattern.ts';
import { type Likeness, type Miss, matchValue, nearest } from '../matching/match-value.ts';
import type { ResourceCondition } from '../scenario.ts';
import type { Judging, Verdict } from './verdict.ts';

/**
 * Whether there are objects like the pattern, as many as wanted; if not, which is the nearest and where it
 * differs.
 */
export function judgeResource(condition: ResourceCondition, { view, captured }: Judging): Verdict {
  const pattern = valueWithCaptured(condition.pattern, captured);
  const candidates = candidatesOf(condition, captured, view.objects);
  if (condition.count !== undefined)
    return judgeCount(condition, { pattern, candidates, count: condition.count });
  const best = nearest(pattern, candidates);
  if (!best) return { holds: false, why: noneWords(condition, captured, view.objects) };
  const cause = view.objects.changedAt(etcdKey(condition, best.item)) ?? null;
  if (best.likeness.misses.length > 0)
    return { holds: false, why: missWords(condition, best.item, best.likeness), cause };
  return { holds: true, cause };
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
  readonly pattern: Json;
  readonly candidates: readonly KubeObject[];
  readonly count: Json;
}

function judgeCount({ kind }: ResourceCondition, { pattern, candidates, count }: Counting): Verdict {
  const like = candidates.filter((candidate) => matchValue(pattern, candidate).misses.length === 0);
  if (matchValue(count, like.length).misses.length === 0) return { holds: true, cause: null };
  const names = like.length === 0 ? '' : ` (${namesOf(like)})`;
  const wanted = describePattern(count);
  const whole = `${like.length} of ${candidates.length} ${kind} objects are like that${names}, wanted ${wanted}`;
  const best = like.length === 0 ? nearest(pattern, candidates) : undefined;
  return {
    holds: false,
    why: best ? `${whole}; nearest: ${differences(kind, best.item, best.likeness.misses)}` : whole,
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
export function selectorOf(pattern: Json): Json {
  const metadata = isObject(pattern) ? pattern['metadata'] : undefined;
  return metadata === undefined ? {} : ({ metadata } as Json);
}
