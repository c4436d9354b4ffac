import { parseRfc3339 } from '../../../../kernel/time/rfc3339.ts';
import { findCondition } from '../../../objects/conditions.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import type { LabelSelector, Pod } from '../../../objects/kubernetes.ts';
import {
  formatLabelSelector,
  type LabelRequirements,
  requirementsOf,
  requirementsOfLabels,
} from '../../../objects/label-selector.ts';
import { fail, messageOf } from '../failure.ts';
import { demand, type Invocation, type Steps } from '../invocation.ts';
import { partVisited } from '../resources/read-files.ts';
import { selectObjects } from '../resources/select-objects.ts';

export interface PodFound {
  readonly pod: Pod;
  /** How many there were to choose from. */
  readonly count: number;
}

/**
 * The pod that `web`, `pod/web` or `deploy/web` stands for: of several the one that is most alive, for longest
 * (kubectl: polymorphichelpers GetFirstPod, podutils.go).
 */
export function* podBehind(
  invocation: Invocation,
  word: string,
  refusal: { readonly missing: (message: string) => string; readonly unable: string },
): Steps<PodFound> {
  const args = word.includes('/') ? [word] : ['pods', word];
  const { visited } = yield* selectObjects({ ...invocation, flags: withoutFiles(invocation) }, { args });
  const { infos, failures } = partVisited(visited);
  const [failure] = failures;
  if (failure !== undefined) {
    const isMissing = 'status' in failure && failure.status.reason === 'NotFound';
    if (isMissing) fail(refusal.missing(failure.status.message));
    fail(messageOf(failure));
  }
  const object = infos[0]?.object;
  if (object === undefined) return fail('expected a resource');
  if (object.kind === 'Pod') return { pod: object as Pod, count: 1 };
  const requirements = selectorOf(object);
  if (requirements === undefined)
    return fail(`${refusal.unable} *v1.${object.kind}: selector for *v1.${object.kind} not implemented`);
  const { namespace } = object.metadata;
  const { items = [] } = yield* demand(invocation, {
    verb: 'list',
    resource: 'pods',
    ...(namespace === undefined ? {} : { namespace }),
    labelSelector: formatLabelSelector(requirements),
  });
  const [pod] = ([...items] as Pod[]).sort(byLiveliness);
  return pod === undefined ? fail('timed out waiting for the condition') : { pod, count: items.length };
}

/** -f of `logs` follows, and that of `exec` is not read here. */
function withoutFiles({ flags }: Invocation): Invocation['flags'] {
  return {
    ...flags,
    has: (name) => name !== 'filename' && name !== 'selector' && name !== 'all' && flags.has(name),
  };
}

interface Selecting extends KubeObject {
  readonly spec?: { readonly selector?: LabelSelector | Record<string, string> };
}

function selectorOf(object: KubeObject): LabelRequirements | undefined {
  const { selector } = (object as Selecting).spec ?? {};
  if (selector === undefined) return undefined;
  const isPlain = object.kind === 'Service' || object.kind === 'ReplicationController';
  return isPlain
    ? requirementsOfLabels(selector as Record<string, string>)
    : requirementsOf(selector as LabelSelector);
}

function byLiveliness(a: Pod, b: Pod): number {
  return (
    Number(b.spec.nodeName !== undefined) - Number(a.spec.nodeName !== undefined) ||
    phaseRank(a) - phaseRank(b) ||
    Number(readySince(b) !== undefined) - Number(readySince(a) !== undefined) ||
    (readySince(a) ?? 0) - (readySince(b) ?? 0) ||
    mostRestarts(b) - mostRestarts(a) ||
    createdAt(a) - createdAt(b)
  );
}

function phaseRank({ status }: Pod): number {
  const rank = ['Running', 'Unknown', 'Pending'].indexOf(status?.phase ?? '');
  return Math.max(rank, 0);
}

function readySince({ status }: Pod): number | undefined {
  const ready = findCondition(status?.conditions, 'Ready');
  return ready?.status === 'True' ? parseRfc3339(ready.lastTransitionTime ?? '') : undefined;
}

function mostRestarts({ status }: Pod): number {
  return Math.max(0, ...(status?.containerStatuses ?? []).map(({ restartCount }) => restartCount));
}

function createdAt({ metadata }: Pod): number {
  return parseRfc3339(metadata.creationTimestamp ?? '') ?? 0;
}
