import type { KubeObject } from './kube-object.ts';

/** What a kubelet writes on the object that stands for a pod from a manifest of its own (static pod). */
export const MIRROR = 'kubernetes.io/config.mirror';

export function isMirrorPod({ metadata }: Pick<KubeObject, 'metadata'>): boolean {
  return metadata.annotations?.[MIRROR] !== undefined;
}
