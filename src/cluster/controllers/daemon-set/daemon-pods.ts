import type { Affinity, DaemonSet, Node, Pod, PodSpec, Toleration } from '../../objects/kubernetes.ts';
import { allowsNode } from '../../objects/node-selection.ts';
import { findUntolerated } from '../../objects/tolerations.ts';
import { scaledValue } from '../shared/int-or-percent.ts';
import { podFromTemplate } from '../shared/pod-from-template.ts';

export const HASH = 'controller-revision-hash';
const GENERATION = 'pod-template-generation';
const GENERATION_OF_SET = 'deprecated.daemonset.template.generation';

/**
 * What the pods of daemons bear with: they shall run on nodes that others avoid or leave
 * (daemon/util: AddOrUpdateDaemonPodTolerations).
 */
const BORNE: readonly (readonly [key: string, effect: string])[] = [
  ['node.kubernetes.io/not-ready', 'NoExecute'],
  ['node.kubernetes.io/unreachable', 'NoExecute'],
  ['node.kubernetes.io/disk-pressure', 'NoSchedule'],
  ['node.kubernetes.io/memory-pressure', 'NoSchedule'],
  ['node.kubernetes.io/pid-pressure', 'NoSchedule'],
  ['node.kubernetes.io/unschedulable', 'NoSchedule'],
];

function tolerationsOf({ tolerations = [], hostNetwork }: PodSpec): Toleration[] {
  const borne = hostNetwork
    ? [...BORNE, ['node.kubernetes.io/network-unavailable', 'NoSchedule'] as const]
    : BORNE;
  const own = borne.map(([key, effect]): Toleration => ({ key, operator: 'Exists', effect }));
  const isOwn = ({ key, operator, effect, value = '' }: Toleration) =>
    value === '' && operator === 'Exists' && own.some((each) => each.key === key && each.effect === effect);
  return [...tolerations.filter((each) => !isOwn(each)), ...own];
}

/** A pod for one node: the scheduler binds it, and can bind it to no other. */
export function daemonPod(set: DaemonSet, hash: string, node: string): Pod {
  const pod = podFromTemplate(set, set.spec.template);
  const generation = set.metadata.annotations?.[GENERATION_OF_SET];
  const labels = {
    ...pod.metadata.labels,
    ...(generation !== undefined && { [GENERATION]: generation }),
    [HASH]: hash,
  };
  const spec = {
    ...pod.spec,
    tolerations: tolerationsOf(pod.spec),
    affinity: boundTo(node, pod.spec.affinity),
  };
  return { ...pod, metadata: { ...pod.metadata, labels }, spec };
}

function boundTo(node: string, affinity: Affinity = {}): Affinity {
  const requirement = { key: 'metadata.name', operator: 'In', values: [node] };
  const required = { nodeSelectorTerms: [{ matchFields: [requirement] }] };
  const nodeAffinity = {
    ...affinity.nodeAffinity,
    requiredDuringSchedulingIgnoredDuringExecution: required,
  };
  return { ...affinity, nodeAffinity };
}

export function isUpdated(pod: Pod, set: DaemonSet, hash: string): boolean {
  const generation = set.metadata.annotations?.[GENERATION_OF_SET];
  const { labels } = pod.metadata;
  return labels?.[HASH] === hash || (generation !== undefined && labels?.[GENERATION] === generation);
}

export interface Eligibility {
  readonly shouldRun: boolean;
  /** One that runs already may go on. */
  readonly mayContinue: boolean;
}

/** Room is not asked for: that is the scheduler's matter (daemon_controller.go NodeShouldRunDaemonPod). */
export function eligibilityOf(set: DaemonSet, node: Node): Eligibility {
  const spec = set.spec.template.spec ?? { containers: [] };
  const pod: Pod = { apiVersion: 'v1', kind: 'Pod', metadata: {}, spec };
  const isMeant = !spec.nodeName || spec.nodeName === node.metadata.name;
  if (!isMeant || !allowsNode(pod, node)) return { shouldRun: false, mayContinue: false };
  const tolerations = tolerationsOf(spec);
  const shuns = (effects: readonly string[]) =>
    findUntolerated(node.spec?.taints, tolerations, effects) !== undefined;
  return { shouldRun: !shuns(['NoSchedule', 'NoExecute']), mayContinue: !shuns(['NoExecute']) };
}

/** How many nodes may have a pod too many; a share is rounded up. */
export function maxSurge({ spec }: DaemonSet, nodes: number): number {
  if (spec.updateStrategy?.type !== 'RollingUpdate') return 0;
  return scaledValue(spec.updateStrategy.rollingUpdate?.maxSurge, nodes, 'up');
}

/** How many nodes may be without an available pod; a share is rounded up. */
export function maxUnavailable({ spec }: DaemonSet, nodes: number): number {
  if (spec.updateStrategy?.type !== 'RollingUpdate') return 0;
  return scaledValue(spec.updateStrategy.rollingUpdate?.maxUnavailable, nodes, 'up');
}
