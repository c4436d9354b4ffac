import type { Millis } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Reaction, View } from '../../contract/component.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { recordSeries } from '../../recorder/record-series.ts';
import { priorityOf } from '../priority.ts';
import type { Victims } from './find-victims.ts';

/** What a victim is told (`groundtruth` of 1.20 and 1.36, 3.7). */
const PREEMPTED: Since<(preemptor: Pod, node: string) => string> = [
  [0, ({ metadata }, node) => `Preempted by ${metadata.namespace}/${metadata.name} on node ${node}`],
  [26, ({ metadata }, node) => `Preempted by pod ${metadata.uid} on node ${node}`],
];

/** Whether the Event says who takes the place; its words once did (`groundtruth` 1.20, i). */
const NAMES_PREEMPTOR: Since<boolean> = [
  [0, true],
  [26, false],
];

/** PodDisruptionConditions: on by default since 1.26. */
const MARKS_VICTIMS: Since<boolean> = [
  [0, false],
  [26, true],
];

interface Room {
  readonly preemptor: Pod;
  readonly victims: Victims;
  readonly scheduler: string;
}

/** Deletes the victims, and takes the node's promise from less important pods that had it. */
export function* makeRoom(view: View, { preemptor, victims, scheduler }: Room, now: Millis): Reaction {
  const { version } = view.settings;
  for (const victim of victims.pods) {
    if (victim.metadata.deletionTimestamp !== undefined) continue;
    const { namespace = '', name = '' } = victim.metadata;
    if (inVersion(MARKS_VICTIMS, version)) yield* markVictim(view, { victim, scheduler, now });
    yield { verb: 'delete', resource: 'pods', namespace, name };
    const note = inVersion(PREEMPTED, version)(preemptor, victims.node);
    const about = {
      component: scheduler,
      object: victim as KubeObject,
      type: 'Normal' as const,
      ...(inVersion(NAMES_PREEMPTOR, version) && { related: preemptor as KubeObject }),
    };
    yield* recordSeries(view, { ...about, reason: 'Preempted', action: 'Preempting', note }, now);
  }
  for (const other of view.objects.listBy<Pod>('nominated', 'yes')) {
    if (other.status?.nominatedNodeName !== victims.node || priorityOf(other) >= priorityOf(preemptor))
      continue;
    yield statusPatch(other, { nominatedNodeName: null });
  }
}

interface Mark {
  readonly victim: Pod;
  readonly scheduler: string;
  readonly now: Millis;
}

function* markVictim(view: View, { victim, scheduler, now }: Mark): Reaction {
  const condition = {
    type: 'DisruptionTarget',
    ...(victim.metadata.generation !== undefined && { observedGeneration: victim.metadata.generation }),
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: formatRfc3339(view.settings.epochMs + now),
    reason: 'PreemptionByScheduler',
    message: `${scheduler}: preempting to accommodate a higher priority pod`,
  };
  yield statusPatch(victim, { conditions: [condition] });
}

/** A change of a pod's status, as the scheduler sends it. */
export function statusPatch({ metadata }: Pod, status: Readonly<Record<string, unknown>>) {
  return {
    verb: 'patch',
    resource: 'pods',
    subresource: 'status',
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    patchType: 'strategic',
    patch: { status },
  } as const;
}
