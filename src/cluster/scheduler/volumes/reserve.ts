import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { SchedulingRow } from '../../contract/scheduling-row.ts';
import type { Node, PersistentVolumeClaim, Pod } from '../../objects/kubernetes.ts';
import { claimNames } from '../../objects/pod-claims.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { isBound, promisedTo, SELECTED_NODE } from '../../objects/volume-binding.ts';
import { statusPatch } from '../preemption/make-room.ts';
import { type ClaimChoice, volumesOn } from './volumes-on.ts';

/** How long a pod waits for its volumes on its node (scheduler: VolumeBindingArgs.bindTimeoutSeconds). */
const TIMEOUT_MS = 600_000;

/** A pod that waits for volumes says for which node (NominatedNodeNameForExpectation). */
const NAMES_NODE: Since<boolean> = [
  [0, false],
  [35, true],
];

/** Claims of a pod that have no volume yet; none where a claim is not there at all. */
export function openClaims({ objects }: Pick<View, 'objects'>, pod: Pod): readonly PersistentVolumeClaim[] {
  return claimNames(pod).flatMap((name) => {
    const claim = objects.get<PersistentVolumeClaim>('persistentvolumeclaims', pod.metadata.namespace, name);
    return claim && !isBound(claim) ? [claim] : [];
  });
}

/**
 * The pod has a node, and its claims get their volumes there before it is bound; others do what it takes.
 * False if it could not be asked for (scheduler: volumebinding PreBind, bindAPIUpdate).
 */
export function* reserve(
  view: View,
  pod: Pod,
  { key, node }: { readonly key: string; readonly node: string },
): Doing<boolean> {
  const found = view.objects.get<Node>('nodes', undefined, node);
  const choices = found && volumesOn(view.objects, openClaims(view, pod), found);
  if (!choices) return false;
  yield { type: 'SchedulingReserved', podKey: key, uid: pod.metadata.uid ?? '', node };
  if (inVersion(NAMES_NODE, view.settings.version)) yield statusPatch(pod, { nominatedNodeName: node });
  for (const choice of choices) if (!(yield* ask(choice, node))) return false;
  return true;
}

function* ask({ claim, volume }: ClaimChoice, node: string): Doing<boolean> {
  const { namespace = '', name = '', annotations } = claim.metadata;
  if (volume === undefined) {
    if (annotations?.[SELECTED_NODE] === node) return true;
    const metadata = { ...claim.metadata, annotations: { ...annotations, [SELECTED_NODE]: node } };
    const object = { ...claim, metadata };
    const answer = yield { verb: 'update', resource: 'persistentvolumeclaims', namespace, name, object };
    return answer.ok;
  }
  const answer = yield {
    verb: 'update',
    resource: 'persistentvolumes',
    name: volume.metadata.name ?? '',
    object: promisedTo(claim, volume),
  };
  return answer.ok;
}

/** What a pod waits for that has a node and no volumes yet. */
export function stateOfReserved(
  view: View,
  pod: Pod,
  row: SchedulingRow,
  now: Millis,
): 'waits' | 'ready' | 'late' {
  if (openClaims(view, pod).length === 0) return 'ready';
  return now >= reservedUntil(row) ? 'late' : 'waits';
}

/** When a pod that waits for its volumes gives up. */
export function reservedUntil({ reserved, failedAt }: SchedulingRow): Millis {
  return (reserved?.since ?? failedAt) + TIMEOUT_MS;
}
