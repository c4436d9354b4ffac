import { findCondition } from '../cluster/objects/conditions.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import { compareQuantities, parseQuantity } from '../cluster/objects/quantity.ts';
import { resourceOf } from '../cluster/objects/schema/resources.ts';
import { storageKey } from '../cluster/objects/storage-key.ts';
import { firstAbove } from '../kernel/table/first-above.ts';
import { parseQuery, type Query } from './query.ts';
import { isFound } from './search.ts';
import type { Timeline } from './timeline.ts';
import { valueAt } from './value-at.ts';

/** What a reader waits for: that an object is so, or that an entry comes which has what is asked for. */
export type Condition = { readonly text: string } & (
  | { readonly query: Query }
  | { readonly key: string; readonly test: Test }
);

type Test =
  | { readonly pointer: string; readonly is: Comparison; readonly value: string }
  /** A condition in its status. */
  | { readonly condition: string; readonly status: string }
  | { readonly isGone: true };

const COMPARISONS = ['==', '!=', '>=', '<=', '=', '>', '<'] as const;
type Comparison = (typeof COMPARISONS)[number];

/** Which object is meant where none is named, and in which namespace names are. */
export interface Surroundings {
  /** The etcd key of the object that the reader follows. */
  readonly selected?: string | undefined;
  readonly namespace: string;
}

/**
 * A condition as one types it, after `kubectl wait`: `deploy/web .status.readyReplicas=3`, `pod/web
 * condition=Ready=false`, `pod/web deleted`; without an object, of the one that is followed. Anything else is
 * a query for an entry: `reason:Unhealthy`. Undefined where there is no such object to speak of.
 */
export function parseCondition(text: string, { selected, namespace }: Surroundings): Condition | undefined {
  const words = text
    .trim()
    .replace(/\s*(==|!=|>=|<=|=|>|<)\s*/g, '$1')
    .split(/\s+/);
  const space = words.indexOf('-n');
  const [named = namespace] = space < 0 ? [] : words.splice(space, 2).slice(1);
  const last = words.at(-1) ?? '';
  const test = testOf(last);
  if (test && words.length <= 2) {
    const key = words.length === 2 ? keyOf(words[0] ?? '', named) : selected;
    return key === undefined ? undefined : { text: text.trim(), key, test };
  }
  const query = parseQuery(text);
  return query && { text: text.trim(), query };
}

function testOf(word: string): Test | undefined {
  if (word === 'deleted') return { isGone: true };
  const [, condition, status = 'True'] = /^condition=([^=]+)(?:=([^=]+))?$/.exec(word) ?? [];
  if (condition !== undefined) return { condition, status };
  const [, path, is, value] = /^((?:\.[^=!<>[\]]+|\[\d+\])+)(==|!=|>=|<=|=|>|<)(.*)$/.exec(word) ?? [];
  if (path === undefined || value === undefined) return undefined;
  return { pointer: pointerOf(path), is: COMPARISONS.find((each) => each === is) ?? '=', value };
}

/** `.status.conditions[0].type` as a JSON pointer. */
function pointerOf(path: string): string {
  return path
    .replace(/\[(\d+)\]/g, '.$1')
    .replaceAll('~', '~0')
    .replaceAll('/', '~1')
    .replaceAll('.', '/');
}

function keyOf(word: string, namespace: string): string | undefined {
  const [type = '', name = ''] = word.split('/');
  const resource = resourceOf(type);
  if (resource === undefined || name === '') return undefined;
  return storageKey({ resource: resource.name, name, ...(resource.isNamespaced && { namespace }) });
}

/** seq of the first entry of a span, `from` not included, with which it comes to be so. */
export function firstMeeting(
  timeline: Timeline,
  condition: Condition,
  { from, to }: { readonly from: number; readonly to: number },
): number | undefined {
  if ('query' in condition) {
    for (let seq = from + 1; seq <= to; seq++) if (isFound(timeline, condition.query, seq)) return seq;
    return undefined;
  }
  const { objects } = timeline.worldAt(to).store.tables;
  const writes = objects.writesOf(condition.key, to);
  let before = isMet(objects.read(condition.key, from), condition.test);
  for (const seq of writes.slice(firstAbove(writes, from))) {
    const isSo = isMet(objects.read(condition.key, seq), condition.test);
    if (isSo && !before) return seq;
    before = isSo;
  }
  return undefined;
}

function isMet(object: KubeObject | undefined, test: Test): boolean {
  if ('isGone' in test) return object === undefined;
  if (object === undefined) return false;
  if ('condition' in test) {
    const status = valueAt(object, '/status/conditions');
    const found = Array.isArray(status) ? findCondition(status, test.condition) : undefined;
    return found?.status.toLowerCase() === test.status.toLowerCase();
  }
  return isRelated(valueAt(object, test.pointer), test.is, test.value);
}

function isRelated(found: unknown, is: Comparison, wanted: string): boolean {
  const text = typeof found === 'object' ? JSON.stringify(found) : String(found ?? '');
  if (is === '=' || is === '==') return text === wanted;
  if (is === '!=') return text !== wanted;
  if (parseQuantity(text) === undefined || parseQuantity(wanted) === undefined) return false;
  const order = compareQuantities(text, wanted);
  if (is === '>') return order > 0;
  if (is === '<') return order < 0;
  return is === '>=' ? order >= 0 : order <= 0;
}
