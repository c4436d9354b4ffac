import type { KubeObject } from '../cluster/objects/kube-object.ts';
import type { World } from '../cluster/world/world.ts';

/** `Pod web`, and outside of the default namespace `Pod shop/web`. */
export function nameOf({ kind, metadata: { name = '', namespace } }: KubeObject): string {
  return `${kind} ${inNamespace(namespace, name)}`;
}

/** The same of a pod by the machines' name for it, `namespace/name/uid`. */
export function podName(pod: string): string {
  const [namespace, name = pod] = pod.split('/');
  return inNamespace(namespace, name);
}

/** A container's name in its pod, by its ID. */
export function containerName({ store, seq }: World, id: string): string {
  const { containers } = store.tables;
  // An entry that removes the container still speaks of it.
  const row = containers.read(id, seq) ?? containers.read(id, seq - 1);
  return row?.name ?? id.slice(0, 12);
}

/** `web`, and outside of the default namespace `shop/web`. */
export function inNamespace(namespace: string | undefined, name: string): string {
  return namespace === undefined || namespace === 'default' ? name : `${namespace}/${name}`;
}
