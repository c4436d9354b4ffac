import type { Addon } from '../../contract/addons.ts';
import { type ClusterSettings, hasAddon } from '../../contract/settings.ts';
import type { CustomResourceDefinition } from '../../objects/kubernetes.ts';
import { type Defined, definitionOf } from './definition.ts';

/** The kinds that addons bring. */
const DEFINED: readonly { readonly addon: Addon; readonly kinds: readonly Defined[] }[] = [];

/** The definitions that a cluster has from the start, because of what is installed in it. */
export function definitionsOfAddons(settings: ClusterSettings): readonly CustomResourceDefinition[] {
  return DEFINED.filter(({ addon }) => hasAddon(settings, addon)).flatMap(({ kinds }) =>
    kinds.map(definitionOf),
  );
}
