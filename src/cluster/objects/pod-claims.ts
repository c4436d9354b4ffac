import type { PersistentVolumeClaim, Pod } from './kubernetes.ts';

/** The names of the PersistentVolumeClaims that a pod's volumes are. */
export function claimNames(pod: Pod): readonly string[] {
  return (pod.spec.volumes ?? []).flatMap(({ name, persistentVolumeClaim: claim, ephemeral }) => {
    if (claim) return [claim.claimName];
    return ephemeral ? [ephemeralClaimName(pod, name)] : [];
  });
}

/** Whether a pod has a volume that is this claim. */
export function usesClaim(pod: Pod, { metadata }: PersistentVolumeClaim): boolean {
  return pod.metadata.namespace === metadata.namespace && claimNames(pod).includes(metadata.name ?? '');
}

/** The claim that is made for a volume of one pod, and goes with it (component-helpers: ephemeral.go). */
export function ephemeralClaimName({ metadata }: Pod, volume: string): string {
  return `${metadata.name}-${volume}`;
}
