import type { Millis } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { findCondition } from '../../objects/conditions.ts';
import type { Node, Taint } from '../../objects/kubernetes.ts';

const PREFIX = 'node.kubernetes.io/';

/**
 * Which taint a condition brings, by its status (node_lifecycle_controller.go
 * nodeConditionToTaintKeyStatusMap).
 */
const BY_CONDITION: readonly (readonly [type: string, status: string, taint: string])[] = [
  ['Ready', 'False', 'not-ready'],
  ['Ready', 'Unknown', 'unreachable'],
  ['MemoryPressure', 'True', 'memory-pressure'],
  ['DiskPressure', 'True', 'disk-pressure'],
  ['NetworkUnavailable', 'True', 'network-unavailable'],
  ['PIDPressure', 'True', 'pid-pressure'],
];

const OWN = new Set(
  [...BY_CONDITION.map(([, , taint]) => taint), 'unschedulable'].map((name) => PREFIX + name),
);

/** Gives a node the taints that its conditions and a cordon bring, and answers it as it is then. */
export function* syncNoScheduleTaints(view: View, node: Node, now: Millis): Doing<Node> {
  const due = dueTaints(node);
  if (due === undefined) return node;
  const timeAdded = formatRfc3339(view.settings.epochMs + now);
  const added = due.added.map((key) => ({ key, effect: 'NoSchedule', timeAdded }));
  return yield* setTaints(node, [...due.kept, ...added]);
}

/** Whether a node has the taints that its conditions and a cordon bring. */
export function hasItsTaints(node: Node): boolean {
  return dueTaints(node) === undefined;
}

/** Which taints a node keeps, and the keys of those that it lacks; undefined where it has those it should. */
function dueTaints(
  node: Node,
): { readonly kept: readonly Taint[]; readonly added: readonly string[] } | undefined {
  const wanted = wantedKeys(node);
  const before = node.spec?.taints ?? [];
  const isOurs = ({ key, effect }: Taint): boolean => effect === 'NoSchedule' && OWN.has(key);
  const kept = before.filter((taint) => !isOurs(taint) || wanted.includes(taint.key));
  const added = wanted.filter((key) => !before.some((taint) => isOurs(taint) && taint.key === key));
  return added.length === 0 && kept.length === before.length ? undefined : { kept, added };
}

function wantedKeys({ status, spec }: Node): readonly string[] {
  const keys = BY_CONDITION.filter(
    ([type, wanted]) => findCondition(status?.conditions, type)?.status === wanted,
  ).map(([, , taint]) => PREFIX + taint);
  return spec?.unschedulable ? [...keys, `${PREFIX}unschedulable`] : keys;
}

/** The node with other taints; as it was where the API server would not have it. */
export function* setTaints(node: Node, taints: readonly Taint[]): Doing<Node> {
  const patch = { spec: { taints: taints.length === 0 ? null : taints } };
  const name = node.metadata.name ?? '';
  const patched = yield { verb: 'patch', resource: 'nodes', name, patchType: 'merge', patch };
  return patched.ok && patched.object ? (patched.object as Node) : node;
}
