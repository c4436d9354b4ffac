import type { PersistentVolumeClaim, StatefulSet } from '../../objects/kubernetes.ts';

/** A claim as it is asked for, and the name of the volume that it is for. */
export interface OwnClaim {
  readonly template: string;
  readonly claim: PersistentVolumeClaim;
}

/** The claims of a pod, by name: they outlive it, and the next pod of that name has them again. */
export function claimsOf({ metadata, spec }: StatefulSet, ordinal: number): readonly OwnClaim[] {
  const { namespace = '' } = metadata;
  return (spec.volumeClaimTemplates ?? []).map((each) => {
    const { status: _, ...claim } = each;
    const template = claim.metadata.name ?? '';
    const labels = { ...claim.metadata.labels, ...spec.selector.matchLabels };
    const name = `${template}-${metadata.name}-${ordinal}`;
    const hasLabels = Object.keys(labels).length > 0;
    return {
      template,
      claim: {
        ...claim,
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { ...claim.metadata, name, namespace, ...(hasLabels && { labels }) },
      },
    };
  });
}
