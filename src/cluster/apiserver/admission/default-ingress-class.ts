import { newestDefaultIngressClass } from '../../objects/default-class.ts';
import type { Ingress, IngressClass } from '../../objects/kubernetes.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';

const OLD_ANNOTATION = 'kubernetes.io/ingress.class';

/** An Ingress that names no class gets the default one (plugin/pkg/admission/network/defaultingressclass). */
export const defaultIngressClass: AdmissionPlugin = {
  name: 'DefaultIngressClass',
  resources: ['ingresses.networking.k8s.io'],
  onCreate(draft, { store }) {
    const ingress = draft as Ingress;
    const isNamed = ingress.spec?.ingressClassName !== undefined;
    if (isNamed || ingress.metadata.annotations?.[OLD_ANNOTATION] !== undefined) return undefined;
    const newest = newestDefaultIngressClass(store.list<IngressClass>('ingressclasses.networking.k8s.io'));
    if (newest) ingress.spec = { ...ingress.spec, ingressClassName: newest.metadata.name ?? '' };
    return undefined;
  },
};
