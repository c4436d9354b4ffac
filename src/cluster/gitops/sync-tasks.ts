import { compareText } from '../objects/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { type OperationState, type SyncPhase, type TaskResult, trackingId } from './application.ts';
import { type Managed, waveOf } from './compare.ts';

/** Something that a sync does: applies an object, prunes one, or runs a hook. */
export interface Task {
  readonly managed: Managed;
  readonly phase: SyncPhase;
  readonly wave: number;
  readonly isHook: boolean;
  readonly isPrune: boolean;
  /** What has become of it; absent: it has not been done. */
  readonly result?: TaskResult;
}

const HOOK = 'argocd.argoproj.io/hook';
const DELETE_POLICY = 'argocd.argoproj.io/hook-delete-policy';
const PHASES: readonly SyncPhase[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail'];

/** The phases in which a manifest is a hook; none for what is wanted to stay. */
function hookPhases({ metadata }: KubeObject): readonly SyncPhase[] {
  const words = metadata.annotations?.[HOOK]?.split(',').map((word) => word.trim()) ?? [];
  return PHASES.filter((phase) => words.includes(phase));
}

/** Whether it is no part of what is compared: it is a hook, or says that it is to be left out. */
export function isLeftOut({ metadata }: KubeObject): boolean {
  return metadata.annotations?.[HOOK] !== undefined;
}

/** Whether a hook's object goes once it has done its work (`succeeded`), or has failed. */
export function goesAfter({ managed }: Task, end: 'HookSucceeded' | 'HookFailed'): boolean {
  return managed.target?.metadata.annotations?.[DELETE_POLICY]?.includes(end) === true;
}

/** All that a sync is made of, in the order in which it is done. */
export function tasksOf(
  resources: readonly Managed[],
  hooks: readonly Managed[],
  state: OperationState,
): readonly Task[] {
  const results = state.syncResult?.resources ?? [];
  const only = state.operation.sync?.resources;
  const chosen = only
    ? resources.filter(({ key }) => only.some((each) => each.kind === key.kind && each.name === key.name))
    : resources;
  // A sync of some of them runs no hooks.
  const tasks = [
    ...chosen.map((managed) => ({ managed, phase: 'Sync' as const, isHook: false })),
    ...(only ? [] : hooks).flatMap((managed) =>
      (managed.target ? hookPhases(managed.target) : []).map((phase) => ({ managed, phase, isHook: true })),
    ),
  ].map(({ managed, phase, isHook }): Task => {
    const id = trackingId('', managed.key);
    const result = results.find((each) => each.syncPhase === phase && trackingId('', each) === id);
    const wave = waveOf(managed.target ?? managed.live);
    return { managed, phase, isHook, wave, isPrune: !managed.target, ...(result && { result }) };
  });
  return tasks.sort(inOrder);
}

/** gitops-engine: sync/sync_tasks.go; kinds that are not among these come last. */
const KINDS = [
  'Namespace NetworkPolicy ResourceQuota LimitRange PodSecurityPolicy PodDisruptionBudget ServiceAccount Secret',
  'SecretList ConfigMap StorageClass PersistentVolume PersistentVolumeClaim CustomResourceDefinition ClusterRole',
  'ClusterRoleList ClusterRoleBinding ClusterRoleBindingList Role RoleList RoleBinding RoleBindingList Service',
  'DaemonSet Pod ReplicationController ReplicaSet Deployment HorizontalPodAutoscaler StatefulSet Job CronJob',
  'IngressClass Ingress APIService',
].flatMap((line) => line.split(' '));

function inOrder(a: Task, b: Task): number {
  return (
    PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase) ||
    a.wave - b.wave ||
    rankOf(a) - rankOf(b) ||
    compareText(a.managed.key.name, b.managed.key.name)
  );
}

function rankOf({ managed }: Task): number {
  const rank = KINDS.indexOf(managed.key.kind);
  return rank < 0 ? KINDS.length : rank;
}

/** As messages name it: `batch/Job/migrate`. */
export function taskName({ managed: { key } }: Task): string {
  return `${key.group ?? ''}/${key.kind}/${key.name}`;
}
