import { settledOutcome } from '../../../kernel/chance/outcomes.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { isAvailableNow } from '../shared/pod-state.ts';
import { type DaemonLook, desiredNodes } from './daemon-look.ts';
import { isUpdated, maxSurge, maxUnavailable } from './daemon-pods.ts';
import type { Placing } from './place-pods.ts';

interface OnNode {
  readonly node: string;
  readonly newPod: Pod | undefined;
  readonly oldPod: Pod | undefined;
  /** More than one of a kind: that is to be put right first. */
  readonly isCrowded: boolean;
}

/**
 * Which old pods go next, or which nodes get a new pod beside the old one (update.go rollingUpdate). Nodes
 * are taken by name, where Kubernetes takes them as a Go map has them.
 */
export function nextOfUpdate(look: DaemonLook): Placing {
  const desired = desiredNodes(look);
  const surge = maxSurge(look.set, desired);
  const given = maxUnavailable(look.set, desired);
  const nodes = nodesOf(look);
  if (surge > 0) return surged(look, nodes, surge);
  return { needing: [], going: replaced(look, nodes, given === 0 && desired > 0 ? 1 : given) };
}

function nodesOf(look: DaemonLook): readonly OnNode[] {
  const { eligibility, podsOn, set, hash } = look;
  const wanted = [...eligibility].filter(([, { shouldRun }]) => shouldRun).map(([name]) => name);
  const names = [...new Set([...podsOn.keys(), ...wanted])].sort();
  const nodes = names.map((node) => {
    const pods = (podsOn.get(node) ?? []).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    const newPods = pods.filter((pod) => isUpdated(pod, set, hash));
    const oldPods = pods.filter((pod) => !newPods.includes(pod));
    const isCrowded = newPods.length > 1 || oldPods.length > 1;
    return { node, newPod: newPods[0], oldPod: oldPods[0], isCrowded };
  });
  return nodes.sort((a, b) => turnOf(look, a.oldPod) - turnOf(look, b.oldPod));
}

/** Old pods that are not available go at once, others as long as not too many nodes are without one. */
function replaced(look: DaemonLook, nodes: readonly OnNode[], most: number): readonly Pod[] {
  let unavailable = 0;
  const free: Pod[] = [];
  const candidates: Pod[] = [];
  for (const { newPod, oldPod, isCrowded } of nodes) {
    const isBetween = (newPod === undefined) === (oldPod === undefined);
    if (isCrowded || isBetween) unavailable++;
    else if (newPod) unavailable += isAvailableNow(look, newPod) ? 0 : 1;
    else if (oldPod && !isAvailableNow(look, oldPod)) {
      free.push(oldPod);
      unavailable++;
    } else if (oldPod && unavailable < most) candidates.push(oldPod);
  }
  return [...free, ...candidates.slice(0, Math.max(0, most - unavailable))];
}

/** What the place of a pod among those that are replaced one after another is called by. */
function turnOf({ view }: DaemonLook, pod: Pod | undefined): number {
  const { namespace = '', name = '', uid = '' } = pod?.metadata ?? {};
  return Number(settledOutcome(view.chance, 'daemon turn', namespace, name, uid) ?? 0);
}

/** New pods are made beside old ones; an old one goes when its successor is available. */
function surged(look: DaemonLook, nodes: readonly OnNode[], most: number): Placing {
  let [surging, available] = [0, 0];
  const going: Pod[] = [];
  const misplaced: Pod[] = [];
  const free: string[] = [];
  const candidates: string[] = [];
  const isFine = (pod: Pod | undefined) => pod !== undefined && isAvailableNow(look, pod);
  for (const { node, newPod, oldPod, isCrowded } of nodes) {
    if (isCrowded) {
      surging++;
      continue;
    }
    if (isFine(oldPod ?? newPod)) available++;
    if (oldPod === undefined) continue;
    if (newPod) {
      if (isFine(newPod)) going.push(oldPod);
      else surging++;
    } else if (!look.eligibility.get(node)?.shouldRun) (isFine(oldPod) ? misplaced : going).push(oldPod);
    else if (!isFine(oldPod)) free.push(node);
    else if (surging < most) candidates.push(node);
  }
  const spare = Math.max(0, available - desiredNodes(look));
  const room = Math.max(0, most - surging);
  return {
    needing: [...free, ...candidates.slice(0, room)],
    going: [...going, ...misplaced.slice(0, spare)],
  };
}
