import type { Pod } from './kubernetes.ts';

/** The names of the PersistentVolumeClaims that a pod's volumes are. */
export function claimNames({ spec }: Pod): readonly string[] {
  return (spec.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) => (claim ? [claim.claimName] : []));
}
