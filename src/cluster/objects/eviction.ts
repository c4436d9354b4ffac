import type { KubeObject } from './kube-object.ts';
import type { DeleteOptions } from './kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from './versions.ts';

/** policy/v1 takes evictions since 1.22 (Kubernetes: deprecation guide). */
const API_VERSION: Since<string> = [
  [0, 'policy/v1beta1'],
  [22, 'policy/v1'],
];

/** What is created under a pod that is asked to go. */
export function evictionOf(
  { name, namespace }: { readonly name: string; readonly namespace: string },
  version: KubeVersion,
  deleteOptions?: Omit<DeleteOptions, 'apiVersion' | 'kind'>,
): KubeObject {
  const eviction = {
    apiVersion: inVersion(API_VERSION, version),
    kind: 'Eviction',
    metadata: { name, namespace },
    ...(deleteOptions && { deleteOptions }),
  };
  return eviction as KubeObject;
}
