import type { Files } from '../../cluster/clients/files.ts';
import type { ClusterSettings } from '../../cluster/contract/settings.ts';
import { definitionsOfAddons } from '../../cluster/founding/addons/definitions-of-addons.ts';
import { resourcesDefined } from '../../cluster/objects/custom/custom-resources.ts';
import type { CustomResourceDefinition } from '../../cluster/objects/kubernetes.ts';
import { readManifest } from '../../cluster/objects/manifest/read-manifest.ts';
import { listResources, type Resource } from '../../cluster/objects/schema/resources.ts';
import { checkShape } from '../../cluster/objects/shape/check-shape.ts';

/** All that a scenario's cluster may come to serve: its own resources, and those that its files define. */
export function knownResources(files: Files, settings: ClusterSettings): readonly Resource[] {
  const defined = [...definitionsOfAddons(settings), ...definitionsIn(files)];
  return defined.length === 0 ? listResources() : [...listResources(), ...defined.flatMap(resourcesDefined)];
}

function definitionsIn(files: Files): readonly CustomResourceDefinition[] {
  const texts = Object.entries(files).filter(
    ([path, text]) => /\.(?:ya?ml|json)$/.test(path) && text.includes('CustomResourceDefinition'),
  );
  return texts.flatMap(([path, text]) =>
    readManifest(text, path).objects.flatMap(({ object }) => (isDefinition(object) ? [object] : [])),
  );
}

function isDefinition(object: object): object is CustomResourceDefinition {
  const { apiVersion, kind } = object as { readonly apiVersion?: unknown; readonly kind?: unknown };
  if (apiVersion !== 'apiextensions.k8s.io/v1' || kind !== 'CustomResourceDefinition') return false;
  const { spec } = object as Partial<CustomResourceDefinition>;
  return Array.isArray(spec?.versions) && checkShape(object, { apiVersion, kind }).length === 0;
}
