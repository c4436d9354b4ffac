import { compareText } from '../../objects/json.ts';
import type { Ingress, IngressClass } from '../../objects/kubernetes.ts';
import type { Call } from '../call.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';

const IS_DEFAULT = 'ingressclass.kubernetes.io/is-default-class';
const OLD_ANNOTATION = 'kubernetes.io/ingress.class';

/** An Ingress that names no class gets the default one (plugin/pkg/admission/network/defaultingressclass). */
export const defaultIngressClass: AdmissionPlugin = {
  name: 'DefaultIngressClass',
  resources: ['ingresses.networking.k8s.io'],
  onCreate(draft, call) {
    const ingress = draft as Ingress;
    const isNamed = ingress.spec?.ingressClassName !== undefined;
    if (isNamed || ingress.metadata.annotations?.[OLD_ANNOTATION] !== undefined) return undefined;
    const [newest] = defaultClasses(call);
    if (newest) ingress.spec = { ...ingress.spec, ingressClassName: newest.metadata.name ?? '' };
    return undefined;
  },
};

/** The newest first, and of those the first by name. */
function defaultClasses({ store }: Call): readonly IngressClass[] {
  const classes = store
    .list<IngressClass>('ingressclasses.networking.k8s.io')
    .filter(({ metadata: { annotations } }) => annotations?.[IS_DEFAULT] === 'true');
  const born = ({ metadata }: IngressClass): string => metadata.creationTimestamp ?? '';
  const nameOf = ({ metadata }: IngressClass): string => metadata.name ?? '';
  return [...classes].sort((a, b) => compareText(born(b), born(a)) || compareText(nameOf(a), nameOf(b)));
}
