import { drawWhole } from '../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { Component, Delivery, Reaction, View, Wake } from '../contract/component.ts';
import { controllerRowKey } from '../contract/controller-row.ts';
import type { Doing } from '../contract/doing.ts';
import type { ObjectReader } from '../contract/reader.ts';
import { isConditionTrue } from '../objects/conditions.ts';
import { compareText } from '../objects/json.ts';
import type { Node, Pod, PodCondition } from '../objects/kubernetes.ts';
import { bearsOutOfService, mindsOutOfService } from '../objects/out-of-service.ts';
import { isTerminal } from '../objects/pod-phase.ts';
import { inVersion, type Since } from '../objects/versions.ts';

const ACTOR = 'pod-garbage-collector';
const KEY = 'pods';

/** So often it looks, and so long a node may be missing (podgc/gc_controller.go). */
const PERIOD_MS = 20 * SECOND;
const QUARANTINE_MS = 40 * SECOND;

/** So many pods that have ended may be there (kube-controller-manager: --terminated-pod-gc-threshold). */
const TERMINATED_KEPT = 12_500;

/** PodDisruptionConditions: a pod fails before it is removed, on since 1.26. */
const MARKS_FAILED: Since<boolean> = [
  [0, false],
  [26, true],
];

/** Removes pods that nobody else will: of nodes that are no more, and of those that ended long ago. */
export const podGarbageCollector: Component = {
  name: ACTOR,
  watches: ['pods', 'nodes'],
  *deliveriesOf({ resource, object, type }, _rows, objects) {
    const isGone = type === 'DELETED';
    const matters =
      resource === 'pods' ? !isGone && mayGo(object as Pod, objects) : isGone || isStranding(object as Node);
    yield matters ? ITS_LOOK : { actor: ACTOR };
  },
  addresses: () => [{ actor: ACTOR, key: KEY }],
  reconcile: (view, _address, now) => collect(view, now),
  wake: (view, _address, from) => nextLook(view, from),
};

const ITS_LOOK: Delivery = { actor: ACTOR, key: KEY };

/** Whether a pod may be one to be removed, as it is now. */
function mayGo(pod: Pod, objects: ObjectReader): boolean {
  const { nodeName } = pod.spec;
  if (!nodeName) return isAskedToGo(pod) || isTerminal(pod);
  const node = objects.get<Node>('nodes', undefined, nodeName);
  return node === undefined || isStranding(node) || (isTerminal(pod) && !isAskedToGo(pod));
}

function isAskedToGo({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined;
}

function isStranding(node: Node): boolean {
  return !isConditionTrue(node.status?.conditions, 'Ready') && bearsOutOfService(node);
}

/** It looks on a grid, and only when there may be something to do. */
function nextLook(view: View, from: Millis): Wake | undefined {
  const { terminated, others } = candidatesOf(view);
  if (terminated.length === 0 && others.length === 0) return undefined;
  const phase = phaseOf(view);
  const at = phase + Math.max(0, Math.ceil((from - phase) / PERIOD_MS)) * PERIOD_MS;
  return { at, cause: null };
}

function phaseOf({ chance }: View): Millis {
  return drawWhole(chance, 0, PERIOD_MS - 1, 'pod-gc');
}

interface Candidates {
  /** Pods that have ended and are too many, the first to go first. */
  readonly terminated: readonly Pod[];
  readonly others: readonly Pod[];
}

function candidatesOf({ objects }: View): Candidates {
  const pods = objects.list<Pod>('pods').filter((pod) => mayGo(pod, objects));
  const ended = pods.filter(isTerminal);
  const surplus = Math.max(0, ended.length - TERMINATED_KEPT);
  const others = pods.filter((pod) => !isTerminal(pod) || isAskedToGo(pod) || isOrphan(pod, objects));
  return { terminated: surplus === 0 ? [] : [...ended].sort(byEviction).slice(0, surplus), others };
}

function isOrphan({ spec }: Pod, objects: ObjectReader): boolean {
  return Boolean(spec.nodeName) && objects.get('nodes', undefined, spec.nodeName ?? '') === undefined;
}

/** Evicted pods first, then the oldest. */
function byEviction(a: Pod, b: Pod): number {
  const isEvicted = ({ status }: Pod) => status?.phase === 'Failed' && status.reason === 'Evicted';
  return (
    Number(isEvicted(b)) - Number(isEvicted(a)) ||
    compareText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') ||
    compareText(a.metadata.name ?? '', b.metadata.name ?? '')
  );
}

function* collect(view: View, now: Millis): Reaction {
  if ((now - phaseOf(view)) % PERIOD_MS !== 0 || now < phaseOf(view)) return;
  const { objects, settings } = view;
  const { terminated, others } = candidatesOf(view);
  for (const pod of terminated) yield* remove(view, pod, now);
  const isStranded = (pod: Pod) => {
    const node = objects.get<Node>('nodes', undefined, pod.spec.nodeName ?? '');
    return isAskedToGo(pod) && node !== undefined && isStranding(node);
  };
  if (mindsOutOfService(settings.version))
    for (const pod of others.filter(isStranded)) yield* remove(view, pod, now);
  const orphans = others.filter((pod) => isOrphan(pod, objects));
  const lost = yield* lostNodes(view, orphans, now);
  for (const pod of orphans) {
    if (lost.has(pod.spec.nodeName ?? '')) yield* remove(view, pod, now, ORPHANED);
  }
  for (const pod of others) if (!pod.spec.nodeName && isAskedToGo(pod)) yield* remove(view, pod, now);
}

/** Nodes that have been missing for their quarantine, and that the server has not either. */
function* lostNodes(view: View, orphans: readonly Pod[], now: Millis): Doing<ReadonlySet<string>> {
  const lost = new Set<string>();
  for (const name of new Set(orphans.map(({ spec }) => spec.nodeName ?? ''))) {
    const until = view.rows.row('controllerKeys', controllerRowKey(ACTOR, name))?.lookAt;
    if (until !== undefined && until > now) continue;
    if (until === undefined || until <= now - PERIOD_MS) {
      yield { type: 'LookPutOff', actor: ACTOR, about: name, until: now + QUARANTINE_MS };
      continue;
    }
    const found = yield { verb: 'get', resource: 'nodes', name };
    if (!found.ok && found.status.code === 404) lost.add(name);
  }
  return lost;
}

const ORPHANED = { reason: 'DeletionByPodGC', message: 'PodGC: node no longer exists' } as const;

/** A pod that has not ended fails, and goes without any grace (markFailedAndDeletePodWithCondition). */
function* remove(view: View, pod: Pod, now: Millis, why?: typeof ORPHANED): Doing<void> {
  const { namespace = '', name = '', generation } = pod.metadata;
  const target = { resource: 'pods', namespace, name } as const;
  if (inVersion(MARKS_FAILED, view.settings.version) && !isTerminal(pod)) {
    const observed = generation === undefined ? {} : { observedGeneration: generation };
    const condition: PodCondition | undefined = why && {
      type: 'DisruptionTarget',
      ...observed,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: formatRfc3339(view.settings.epochMs + now),
      ...why,
    };
    const status = { phase: 'Failed', ...observed, ...(condition && { conditions: [condition] }) };
    const marked = yield {
      verb: 'patch',
      ...target,
      subresource: 'status',
      patchType: 'strategic',
      patch: { status },
    };
    if (!marked.ok) return;
  }
  yield { verb: 'delete', ...target, gracePeriodSeconds: 0 };
}
