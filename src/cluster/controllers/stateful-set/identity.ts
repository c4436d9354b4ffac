import type { Pod, StatefulSet } from '../../objects/kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';
import { podFromTemplate } from '../shared/pod-from-template.ts';
import { ordinalOf } from './ordinals.ts';
import { claimsOf } from './own-claims.ts';
import { REVISION_OF_POD } from './revisions.ts';

const POD_NAME = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX = 'apps.kubernetes.io/pod-index';

/** PodIndexLabel: beta and on since 1.28. */
const HAS_INDEX: Since<boolean> = [
  [0, false],
  [28, true],
];

export function revisionOf({ metadata }: Pod): string {
  return metadata.labels?.[REVISION_OF_POD] ?? '';
}

/** A pod with the identity that its ordinal gives it: name, host name, labels and claims. */
export function podOfOrdinal(
  set: StatefulSet,
  { ordinal, revision, version }: { ordinal: number; revision: string; version: KubeVersion },
): Pod {
  const draft = podFromTemplate(set, set.spec.template);
  const name = `${set.metadata.name}-${ordinal}`;
  const { namespace } = set.metadata;
  const metadata = { name, ...draft.metadata, ...(namespace !== undefined && { namespace }) };
  const { serviceName } = set.spec;
  const spec = { ...draft.spec, hostname: name, ...(serviceName && { subdomain: serviceName }) };
  const pod = withIdentity({ ...draft, metadata, spec }, version);
  const labels = { ...pod.metadata.labels, [REVISION_OF_POD]: revision };
  return withStorage({ ...pod, metadata: { ...pod.metadata, labels } }, set);
}

export function hasIdentity({ metadata }: Pod): boolean {
  return metadata.labels?.[POD_NAME] === metadata.name;
}

export function withIdentity(pod: Pod, version: KubeVersion): Pod {
  const { name = '', labels } = pod.metadata;
  const index = inVersion(HAS_INDEX, version) && { [POD_INDEX]: String(ordinalOf(pod)) };
  return { ...pod, metadata: { ...pod.metadata, labels: { ...labels, [POD_NAME]: name, ...index } } };
}

export function hasStorage({ spec, ...pod }: Pod, set: StatefulSet): boolean {
  return claimsOf(set, ordinalOf({ spec, ...pod })).every(({ template, claim }) =>
    spec.volumes?.some(
      ({ name, persistentVolumeClaim }) =>
        name === template && persistentVolumeClaim?.claimName === claim.metadata.name,
    ),
  );
}

/** Volumes of the template that have the name of a claim's are taken by the claim. */
export function withStorage(pod: Pod, set: StatefulSet): Pod {
  const claims = claimsOf(set, ordinalOf(pod));
  if (claims.length === 0) return pod;
  const own = claims.map(({ template, claim }) => ({
    name: template,
    persistentVolumeClaim: { claimName: claim.metadata.name ?? '' },
  }));
  const others = (pod.spec.volumes ?? []).filter(({ name }) => !own.some((each) => each.name === name));
  return { ...pod, spec: { ...pod.spec, volumes: [...own, ...others] } };
}
