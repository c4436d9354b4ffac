import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Reaction, View } from '../../contract/component.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Node, Pod, Taint } from '../../objects/kubernetes.ts';
import { tolerates } from '../../objects/tolerations.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { record } from '../../recorder/record.ts';
import { type OwnKey, putOffTo } from '../shared/put-off.ts';

/** As its events call it: on its own since 1.29. */
const COMPONENT: Since<string> = [
  [0, 'taint-controller'],
  [29, 'taint-eviction-controller'],
];

/** Its events used to leave out which API the pod is of. Recorded in 1.20 and 1.36. */
const SAYS_API: Since<boolean> = [
  [0, false],
  [29, true],
];

/** PodDisruptionConditions: on by default since 1.26. */
const SAYS_SO: Since<boolean> = [
  [0, false],
  [26, true],
];

export function noExecuteTaints({ spec }: Node): readonly Taint[] {
  return (spec?.taints ?? []).filter(({ effect }) => effect === 'NoExecute');
}

interface Look extends OwnKey {
  readonly now: Millis;
}

/** A pod goes at once, or when its tolerations are used up; if the taints go before that, it stays. */
export function* evictTainted(view: View, look: Look): Reaction {
  const { key, now } = look;
  const pod = view.objects.byKey<Pod>(key);
  if (!pod?.spec.nodeName || pod.metadata.deletionTimestamp !== undefined) return;
  const node = view.objects.get<Node>('nodes', undefined, pod.spec.nodeName);
  const patience = patienceOf(pod, node ? noExecuteTaints(node) : []);
  const due = putOffTo(view, look, now);
  if (patience === undefined) {
    if (due === undefined) return;
    yield { type: 'LookPutOff', actor: look.actor, about: key, until: 0 };
    yield* tell(view, pod, 'Cancelling deletion of Pod', now);
    return;
  }
  if (patience > 0 && due !== now) {
    if (due === undefined) yield { type: 'LookPutOff', actor: look.actor, about: key, until: now + patience };
    return;
  }
  yield* remove(view, pod, now);
}

/** How long a pod stands its node's taints; undefined for ever. */
function patienceOf({ spec }: Pod, taints: readonly Taint[]): Millis | undefined {
  const used = [];
  for (const taint of taints) {
    const found = (spec.tolerations ?? []).filter((toleration) => tolerates(toleration, taint));
    if (found.length === 0) return 0;
    used.push(...found);
  }
  const seconds = used.flatMap(({ tolerationSeconds }) =>
    tolerationSeconds == null ? [] : [tolerationSeconds],
  );
  return seconds.length === 0 ? undefined : Math.max(0, Math.min(...seconds)) * SECOND;
}

function* remove(view: View, pod: Pod, now: Millis): Reaction {
  const { namespace = '', name = '', generation } = pod.metadata;
  yield* tell(view, pod, 'Marking for deletion Pod', now);
  if (inVersion(SAYS_SO, view.settings.version)) {
    const condition = {
      type: 'DisruptionTarget',
      ...(generation !== undefined && { observedGeneration: generation }),
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: formatRfc3339(view.settings.epochMs + now),
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
    };
    yield {
      verb: 'patch',
      resource: 'pods',
      subresource: 'status',
      namespace,
      name,
      patchType: 'strategic',
      patch: { status: { conditions: [condition] } },
    };
  }
  yield { verb: 'delete', resource: 'pods', namespace, name };
}

function tell(view: View, pod: Pod, words: string, now: Millis): Reaction {
  const { namespace, name } = pod.metadata;
  const component = inVersion(COMPONENT, view.settings.version);
  const message = `${words} ${namespace}/${name}`;
  const object = (
    inVersion(SAYS_API, view.settings.version) ? pod : { ...pod, apiVersion: '' }
  ) as KubeObject;
  return record(view, { component, object, type: 'Normal', reason: 'TaintManagerEviction', message }, now);
}
