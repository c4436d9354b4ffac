import { parseRfc3339 } from '../../../../../kernel/time/rfc3339.ts';
import { compareText, isEqualJson } from '../../../../objects/json.ts';
import type { Deployment, PodTemplateSpec, ReplicaSet } from '../../../../objects/kubernetes.ts';
import { isControlledBy } from '../../../../objects/owner-references.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';

/**
 * A Deployment's ReplicaSets as `describe` lists them: the first that has its template is the new one, the
 * others are old, in the order of their creation; older versions leave out those scaled to zero. Mirrors
 * kubectl: util/deployment GetAllReplicaSets.
 */
export function splitReplicaSets(
  deployment: Deployment,
  replicaSets: readonly ReplicaSet[],
  { version }: PrintContext,
): { readonly oldReplicaSets: readonly ReplicaSet[]; readonly newReplicaSet?: ReplicaSet } {
  const own = replicaSets.filter((replicaSet) => isControlledBy(replicaSet, deployment)).sort(byCreation);
  const wanted = withoutHash(deployment.spec?.template);
  const current = own.find(({ spec }) => isEqualJson(withoutHash(spec?.template), wanted));
  const showsEmpty = printsSince(version, 'emptyOldReplicaSets');
  const oldReplicaSets = own.filter(
    (replicaSet) => replicaSet !== current && (showsEmpty || replicaSet.spec?.replicas !== 0),
  );
  return current ? { oldReplicaSets, newReplicaSet: current } : { oldReplicaSets };
}

function byCreation({ metadata: a }: ReplicaSet, { metadata: b }: ReplicaSet): number {
  const [left, right] = [a, b].map(({ creationTimestamp }) => parseRfc3339(creationTimestamp ?? '') ?? 0);
  return (left ?? 0) - (right ?? 0) || compareText(a.name ?? '', b.name ?? '');
}

/** The hash label is what tells two ReplicaSets of a Deployment apart, so it cannot take part. */
function withoutHash(template: PodTemplateSpec | undefined): PodTemplateSpec | undefined {
  if (!template) return undefined;
  const labels = Object.fromEntries(
    Object.entries(template.metadata?.labels ?? {}).filter(([key]) => key !== 'pod-template-hash'),
  );
  return { ...template, metadata: { ...template.metadata, labels } };
}
