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
  return view.objects.listBy<Pod>('owner', '').filter((pod) => pod.metadata.namespace === metadata.namespace);
}
