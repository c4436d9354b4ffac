import type { KubeObject } from './kube-object.ts';

/** What a kubelet writes on the object that stands for a pod from a manifest of its own (static pod). */
export const MIRROR = 'kubernetes.io/config.mirror';

export function isMirrorPod({ metadata }: Pick<KubeObject, 'metadata'>): boolean {
  return metadata.annotations?.[MIRROR] !== undefined;
}

/** By this a kubelet tells its own pod apart, whose stand-in has a uid of the API's. */
const HASH = 'kubernetes.io/config.hash';

/** The key under which a pod's kubelet keeps it: `namespace/name/uid`. */
export function podKeyOf({ metadata }: Pick<KubeObject, 'metadata'>): string {
  const { namespace, name, annotations } = metadata;
  const own = isMirrorPod({ metadata }) ? annotations?.[HASH] : undefined;
  return `${namespace}/${name}/${own ?? metadata.uid}`;
}
