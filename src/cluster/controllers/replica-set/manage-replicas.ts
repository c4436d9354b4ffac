import type { Doing } from '../../contract/doing.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { controllerOf } from '../../objects/owner-references.ts';
import { inDeletionOrder } from '../shared/deletion-order.ts';
import { ownedPods } from '../shared/owned-pods.ts';
import { createPods, deletePod, type PodControl } from '../shared/pod-control.ts';
import { podFromTemplate } from '../shared/pod-from-template.ts';
import { isActive } from '../shared/pod-state.ts';
import type { Replicated } from './replicated.ts';

/** No more than these at a time (replica_set.go BurstReplicas). */
const BURST = 500;

/**
 * Makes as many pods as are wanted out of those that there are (replica_set.go manageReplicas). Returns the
 * first refusal's message.
 */
export function* manageReplicas(
  control: PodControl & { readonly owner: Replicated },
  active: readonly Pod[],
): Doing<string | undefined> {
  const { owner } = control;
  const surplus = active.length - (owner.spec?.replicas ?? 0);
  if (surplus < 0) {
    const pod = podFromTemplate(owner, owner.spec?.template ?? {});
    return yield* createPods(control, pod, Math.min(-surplus, BURST));
  }
  let problem: string | undefined;
  for (const pod of podsToDelete(control, active, Math.min(surplus, BURST))) {
    const message = yield* deletePod(control, pod);
    problem ??= message;
  }
  return problem;
}

function podsToDelete(
  { view, now, owner }: PodControl,
  active: readonly Pod[],
  count: number,
): readonly Pod[] {
  if (count === 0 || count >= active.length) return active.slice(0, count);
  const crowd = crowdedNodes(relatedPods({ view, owner }));
  const ranking = {
    chance: view.chance,
    version: view.settings.version,
    epochNow: view.settings.epochMs + now,
    neighbours: (pod: Pod) => crowd.get(pod.spec.nodeName ?? '') ?? 0,
  };
  return inDeletionOrder(active, ranking).slice(0, count);
}

/** The pods of all ReplicaSets that have the same owner, this one included; none without an owner. */
function relatedPods({ view, owner }: Pick<PodControl, 'view' | 'owner'>): readonly Pod[] {
  const above = controllerOf(owner);
  if (above === undefined) return [];
  return view.objects.listBy<KubeObject>('owner', above.uid).flatMap((sibling) => ownedPods(view, sibling));
}

function crowdedNodes(pods: readonly Pod[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const pod of pods) {
    const node = pod.spec.nodeName ?? '';
    if (isActive(pod)) counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  return counts;
}
