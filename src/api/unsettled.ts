import { rolloutState } from '../cluster/clients/kubectl/verbs/rollout/rollout-status-text.ts';
import type { ObjectReader } from '../cluster/contract/reader.ts';
import { findCondition, isConditionTrue } from '../cluster/objects/conditions.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import type { DaemonSet, Job, Pod, ReplicaSet, StatefulSet } from '../cluster/objects/kubernetes.ts';
import { controllerOf } from '../cluster/objects/owner-references.ts';
import { isTerminal } from '../cluster/objects/pod-phase.ts';
import { storageKey } from '../cluster/objects/storage-key.ts';

/** A workload that is not, or not yet, as its manifest says. */
export interface Unsettled {
  /** Where it stands in etcd. */
  readonly key: string;
  /** `Deployment shop/web`. */
  readonly what: string;
  readonly why: string;
}

type Why = (object: KubeObject) => string | undefined;

/**
 * Workloads by their resource, and why one of them is not settled. Those of a controller are its business.
 */
const WORKLOADS: readonly (readonly [resource: string, whyNot: Why])[] = [
  ['deployments.apps', whyNotRolledOut],
  ['statefulsets.apps', whyNotRolledOut],
  ['daemonsets.apps', whyNotRolledOut],
  ['replicasets.apps', whyTooFew],
  ['jobs.batch', whyNotComplete],
  ['pods', whyNotReady],
];

/** What has not come to rest. */
export function unsettledIn(objects: ObjectReader): readonly Unsettled[] {
  return WORKLOADS.flatMap(([resource, whyNot]) =>
    objects.list(resource).flatMap((object) => {
      const why = controllerOf(object) ? undefined : whyNot(object);
      if (why === undefined) return [];
      const { name = '', namespace = '' } = object.metadata;
      return [
        { key: storageKey({ resource, namespace, name }), what: `${object.kind} ${namespace}/${name}`, why },
      ];
    }),
  );
}

function whyNotRolledOut(object: KubeObject): string | undefined {
  const state = rolloutState(object, 0);
  if (!state) return undefined;
  if (!('problem' in state)) return state.isDone ? undefined : withoutHead(state.text);
  // kubectl tells of no rollout that waits for somebody to delete pods, but whether enough are ready can be
  // told.
  return isOnDelete(object) ? whyTooFew(object) : state.problem;
}

function isOnDelete(object: KubeObject): boolean {
  return (object as StatefulSet | DaemonSet).spec?.updateStrategy?.type === 'OnDelete';
}

/** kubectl says first what it waits for, and of which object. */
function withoutHead(text: string): string {
  return text.replace(/^.*rollout to finish: /, '').replace(/\.*\n$/, '');
}

function whyTooFew(object: KubeObject): string | undefined {
  const { spec, status } = object as ReplicaSet | StatefulSet;
  const daemons = (object as DaemonSet).status;
  const wanted = daemons?.desiredNumberScheduled ?? spec?.replicas ?? 1;
  const ready = daemons?.numberReady ?? status?.readyReplicas ?? 0;
  return ready < wanted ? `${ready} of ${wanted} pods are ready` : undefined;
}

function whyNotComplete(object: KubeObject): string | undefined {
  const { spec, status } = object as Job;
  if (isConditionTrue(status?.conditions, 'Complete') || spec?.suspend) return undefined;
  const failed = findCondition(status?.conditions, 'Failed');
  if (failed?.status === 'True') return `it has failed: ${failed.message ?? failed.reason ?? ''}`;
  return `${status?.succeeded ?? 0} of ${spec?.completions ?? 1} completions`;
}

function whyNotReady(object: KubeObject): string | undefined {
  const pod = object as Pod;
  const { phase = 'Pending', conditions } = pod.status ?? {};
  if (isTerminal(pod)) return phase === 'Failed' ? 'it has failed' : undefined;
  return isConditionTrue(conditions, 'Ready') ? undefined : `it is ${phase}, and not ready`;
}
