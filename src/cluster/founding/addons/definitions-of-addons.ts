import { ADDONS, type Addon } from '../../contract/addons.ts';
import { type ClusterSettings, hasAddon } from '../../contract/settings.ts';
import type { CustomResourceDefinition } from '../../objects/kubernetes.ts';
import { ARGO_CD } from './argo-cd.ts';
import { type Defined, definitionOf } from './definition.ts';
import { GATEWAY_KINDS } from './gateway.ts';
import { ISTIO } from './istio.ts';
import { VERTICAL_POD_AUTOSCALER } from './vertical-pod-autoscaler.ts';
import { VOLUME_SNAPSHOTS } from './volume-snapshots.ts';

/** The kinds that addons bring. */
const DEFINED: readonly { readonly addon: Addon; readonly kinds: readonly Defined[] }[] = [
  { addon: 'verticalPodAutoscaler', kinds: VERTICAL_POD_AUTOSCALER },
  { addon: 'volumeSnapshots', kinds: VOLUME_SNAPSHOTS },
  { addon: 'argoCd', kinds: ARGO_CD },
  { addon: 'gateway', kinds: GATEWAY_KINDS },
  { addon: 'istio', kinds: ISTIO },
];

/** The namespaces in which addons are installed, where they have one of their own. */
const NAMESPACES: Readonly<Partial<Record<Addon, string>>> = {
  argoCd: 'argocd',
  istio: 'istio-system',
};

export function namespacesOfAddons(settings: ClusterSettings): readonly string[] {
  return ADDONS.flatMap((addon) => (hasAddon(settings, addon) ? (NAMESPACES[addon] ?? []) : []));
}

/** The definitions that a cluster has from the start, because of what is installed in it. */
export function definitionsOfAddons(settings: ClusterSettings): readonly CustomResourceDefinition[] {
  return DEFINED.filter(({ addon }) => hasAddon(settings, addon)).flatMap(({ kinds }) =>
    kinds.map(definitionOf),
  );
}
