import type { Millis } from '../../kernel/time/millis.ts';
import type { View } from '../contract/component.ts';
import type { Doing } from '../contract/doing.ts';
import { setTaints } from '../controllers/node-lifecycle/no-schedule-taints.ts';
import type { Node, Taint } from '../objects/kubernetes.ts';

/** cluster-autoscaler: utils/taints. Each bears the time since when, in seconds since 1970. */
const CANDIDATE = { key: 'DeletionCandidateOfClusterAutoscaler', effect: 'PreferNoSchedule' };
const TO_BE_DELETED = { key: 'ToBeDeletedByClusterAutoscaler', effect: 'NoSchedule' };

const findTaint = ({ spec }: Node, key: string): Taint | undefined =>
  spec?.taints?.find((taint) => taint.key === key);

export function isBeingDeleted(node: Node): boolean {
  return findTaint(node, TO_BE_DELETED.key) !== undefined;
}

/** Since when nobody needs it, in virtual milliseconds; undefined while somebody does. */
export function unneededSince(view: View, node: Node): Millis | undefined {
  return timeOf(view, findTaint(node, CANDIDATE.key));
}

/** When its deletion began, in virtual milliseconds. */
export function deletionBegan(view: View, node: Node): Millis | undefined {
  return timeOf(view, findTaint(node, TO_BE_DELETED.key));
}

function timeOf({ settings }: View, taint: Taint | undefined): Millis | undefined {
  return taint && Number(taint.value) * 1000 - settings.epochMs;
}

export function* markUnneeded(view: View, node: Node, now: Millis): Doing<Node> {
  return yield* withTaint(view, node, CANDIDATE, now);
}

export function* markToBeDeleted(view: View, node: Node, now: Millis): Doing<Node> {
  return yield* withTaint(view, node, TO_BE_DELETED, now);
}

/** It stays after all. */
export function* unmark(node: Node): Doing<Node> {
  const keys = [CANDIDATE.key, TO_BE_DELETED.key];
  const taints = node.spec?.taints ?? [];
  const kept = taints.filter(({ key }) => !keys.includes(key));
  return kept.length === taints.length ? node : yield* setTaints(node, kept);
}

function* withTaint(
  { settings }: View,
  node: Node,
  taint: { readonly key: string; readonly effect: string },
  now: Millis,
): Doing<Node> {
  const value = String(Math.floor((settings.epochMs + now) / 1000));
  return yield* setTaints(node, [...(node.spec?.taints ?? []), { ...taint, value }]);
}
