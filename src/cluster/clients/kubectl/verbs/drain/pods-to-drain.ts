import { parseRfc3339 } from '../../../../../kernel/time/rfc3339.ts';
import type { Pod } from '../../../../objects/kubernetes.ts';
import { isMirrorPod } from '../../../../objects/mirror-pod.ts';
import { controllerOf } from '../../../../objects/owner-references.ts';
import { inVersion, type Since } from '../../../../objects/versions.ts';
import { ask, demand, type Invocation, type Steps } from '../../invocation.ts';

/** Which pods of a node go, what is said about others, and what forbids to begin at all. */
export interface PodsToDrain {
  readonly pods: readonly Pod[];
  readonly warnings: readonly string[];
  readonly refusals: readonly string[];
}

const NOT_MANAGED = 'Pods not managed by ReplicationController, ReplicaSet, Job, DaemonSet or StatefulSet';

/** Pods that nobody would replace, as they are told of when they go and when they do not. */
const UNMANAGED: Since<{ readonly deleted: string; readonly kept: string }> = [
  [0, { deleted: NOT_MANAGED, kept: NOT_MANAGED }],
  [24, { deleted: 'Pods that declare no controller', kept: 'Pods declare no controller' }],
  [30, { deleted: 'Pods that declare no controller', kept: 'cannot delete Pods that declare no controller' }],
  [36, { deleted: 'Pods that declare no controller', kept: 'Pods that declare no controller' }],
];

const DAEMON_SET = 'DaemonSet-managed Pods';

/** kubectl: drain/filters.go. What the last filter that has an opinion says of a pod, counts. */
export function* podsToDrain(invocation: Invocation, node: string): Steps<PodsToDrain> {
  const { flags } = invocation;
  const selector = flags.text('pod-selector');
  const { items = [] } = yield* demand(invocation, {
    verb: 'list',
    resource: 'pods',
    fieldSelector: `spec.nodeName=${node}`,
    ...(selector === '' ? {} : { labelSelector: selector }),
  });
  const pods: Pod[] = [];
  const warned = new Map<string, string[]>();
  const refused = new Map<string, string[]>();
  for (const pod of items as readonly Pod[]) {
    const verdict = yield* judge(invocation, pod);
    const { namespace, name } = pod.metadata;
    if (verdict.goes) pods.push(pod);
    if (verdict.warning !== undefined) add(warned, verdict.warning, `${namespace}/${name}`);
    if (verdict.refusal !== undefined) add(refused, verdict.refusal, `${namespace}/${name}`);
  }
  const told = (all: ReadonlyMap<string, readonly string[]>) =>
    [...all].map(([what, names]) => `${what}: ${names.join(', ')}`);
  return { pods, warnings: told(warned), refusals: told(refused).map((text) => `cannot delete ${text}`) };
}

function add(all: Map<string, string[]>, what: string, name: string): void {
  all.set(what, [...(all.get(what) ?? []), name]);
}

interface Verdict {
  readonly goes: boolean;
  readonly warning?: string;
  readonly refusal?: string;
}

function* judge(invocation: Invocation, pod: Pod): Steps<Verdict> {
  const { flags, version } = invocation;
  if (isSkipped(invocation, pod)) return { goes: false };
  const controller = controllerOf(pod);
  const isOver = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
  if (controller?.kind === 'DaemonSet' && controller.apiVersion === 'apps/v1' && !isOver) {
    const { namespace = '' } = pod.metadata;
    const found = yield* ask(invocation, {
      verb: 'get',
      resource: 'daemonsets.apps',
      namespace,
      name: controller.name,
    });
    if (found.ok) {
      return flags.bool('ignore-daemonsets')
        ? { goes: false, warning: `ignoring ${DAEMON_SET}` }
        : { goes: false, refusal: `${DAEMON_SET} (use --ignore-daemonsets to ignore)` };
    }
    if (!flags.bool('force')) return { goes: false, refusal: found.status.message };
  }
  if (isMirrorPod(pod)) return { goes: false };
  if (isOver) return { goes: true };
  if (hasLocalData(pod) && !losesLocalData(invocation)) {
    return { goes: false, refusal: 'Pods with local storage (use --delete-emptydir-data to override)' };
  }
  if (controller !== undefined) return { goes: true };
  const { deleted, kept } = inVersion(UNMANAGED, version);
  return flags.bool('force')
    ? { goes: true, warning: `deleting ${deleted}` }
    : { goes: false, refusal: `${kept} (use --force to override)` };
}

function hasLocalData({ spec }: Pod): boolean {
  return (spec.volumes ?? []).some(({ emptyDir }) => emptyDir !== undefined);
}

function losesLocalData({ flags }: Invocation): boolean {
  return (
    flags.bool('delete-emptydir-data') || (flags.has('delete-local-data') && flags.bool('delete-local-data'))
  );
}

/** A pod that has been on its way out for so long that nobody waits for it. */
export function isSkipped({ flags, epochNow }: Invocation, { metadata }: Pod): boolean {
  const seconds = flags.int('skip-wait-for-delete-timeout');
  if (seconds <= 0 || metadata.deletionTimestamp === undefined) return false;
  return Math.trunc((epochNow - (parseRfc3339(metadata.deletionTimestamp) ?? epochNow)) / 1000) > seconds;
}
