import type { View } from '../../contract/component.ts';
import { derived } from '../../objects/derived.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Pod } from '../../objects/kubernetes.ts';

/** The pods that an object controls. */
export function ownedPods(view: View, { metadata }: KubeObject): readonly Pod[] {
  return podsAmong(view.objects.listBy<KubeObject>('owner', metadata.uid ?? ''));
}

const podsAmong = derived((objects: readonly KubeObject[]): readonly Pod[] =>
  objects.filter((object): object is Pod => object.kind === 'Pod'),
);

/** Pods that nobody controls, in the namespace of an object. */
export function orphansBeside(view: View, { metadata }: KubeObject): readonly Pod[] {
  return ownerlessIn(view.objects.listBy<Pod>('owner', ''))(metadata.namespace);
}

const ownerlessIn = derived((pods: readonly Pod[]) => {
  const known = new Map<string | undefined, readonly Pod[]>();
  return (namespace: string | undefined): readonly Pod[] => {
    const found = known.get(namespace) ?? pods.filter(({ metadata }) => metadata.namespace === namespace);
    known.set(namespace, found);
    return found;
  };
});
