import type { ObjectReader } from '../../../contract/reader.ts';
import { compareText } from '../../../objects/json.ts';
import type { Ingress, IngressClass } from '../../../objects/kubernetes.ts';

/** By which Ingresses a controller goes. */
export interface Serving {
  /** `--controller-class`: of the IngressClasses that are its own. */
  readonly controller: string;
  /** `--ingress-class`: the value of the old annotation. */
  readonly className: string;
  /** `--watch-ingress-without-class` */
  readonly takesNameless: boolean;
  /** `--configmap`: `namespace/name` of what is said of all Ingresses. */
  readonly configMap?: string;
}

const INGRESSES = 'ingresses.networking.k8s.io';
const CLASSES = 'ingressclasses.networking.k8s.io';
const OLD_ANNOTATION = 'kubernetes.io/ingress.class';

/**
 * The Ingresses that are a controller's to serve, the oldest first (ingress-nginx: store.go ListIngresses).
 */
export function servedIngresses(objects: ObjectReader, serving: Serving): readonly Ingress[] {
  return objects
    .list<Ingress>(INGRESSES)
    .filter((ingress) => isServed(objects, ingress, serving))
    .toSorted(
      (a, b) =>
        compareText(String(a.metadata.creationTimestamp), String(b.metadata.creationTimestamp)) ||
        compareText(nameOf(a), nameOf(b)),
    );
}

export function nameOf({ metadata }: Ingress): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function isServed(objects: ObjectReader, ingress: Ingress, serving: Serving): boolean {
  if (ingress.metadata.deletionTimestamp !== undefined) return false;
  const named = classNameOf(ingress);
  if (named === undefined) return serving.takesNameless;
  if (ingress.spec?.ingressClassName === undefined) return named === serving.className;
  return controllerOf(objects, named) === serving.controller;
}

/** The class that an Ingress asks for, by either way to say so. */
export function classNameOf({ metadata, spec }: Ingress): string | undefined {
  return spec?.ingressClassName ?? metadata.annotations?.[OLD_ANNOTATION];
}

export function controllerOf(objects: ObjectReader, className: string): string | undefined {
  return objects.get<IngressClass>(CLASSES, undefined, className)?.spec?.controller;
}
