import { compareText } from './json.ts';
import type { KubeObject } from './kube-object.ts';
import type { IngressClass, StorageClass } from './kubernetes.ts';

const OF_STORAGE = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];
const OF_INGRESSES = ['ingressclass.kubernetes.io/is-default-class'];

/** The default class of storage (volume/util: storageclass.go GetDefaultClass). */
export function newestDefaultClass(classes: readonly StorageClass[]): StorageClass | undefined {
  return newestMarked(classes, OF_STORAGE);
}

/** The default class of Ingresses (plugin/pkg/admission/network/defaultingressclass). */
export function newestDefaultIngressClass(classes: readonly IngressClass[]): IngressClass | undefined {
  return newestMarked(classes, OF_INGRESSES);
}

/** The newest of several, and of those the first by name. */
function newestMarked<Class extends KubeObject>(
  classes: readonly Class[],
  marks: readonly string[],
): Class | undefined {
  const born = ({ metadata }: Class): string => metadata.creationTimestamp ?? '';
  const nameOf = ({ metadata }: Class): string => metadata.name ?? '';
  return classes
    .filter(({ metadata: { annotations } }) => marks.some((key) => annotations?.[key] === 'true'))
    .sort((a, b) => compareText(born(b), born(a)) || compareText(nameOf(a), nameOf(b)))[0];
}
