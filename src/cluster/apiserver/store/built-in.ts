import { compareText } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { bootstrapPolicy, isOfPolicy } from '../../objects/rbac/bootstrap-policy.ts';
import { storagePrefix } from '../../objects/storage-key.ts';
import type { World } from '../../world/world.ts';

/**
 * Roles and bindings that every cluster has are no entries of the log: what nobody asks for costs nothing.
 * They are read as if they were stored, and are stored with the first change. One that has been there and is
 * gone stays gone.
 */
export function builtInObject({ store, seq }: World, key: string): KubeObject | undefined {
  if (!PLACES.some((place) => key.startsWith(place))) return undefined;
  const { objects, settings } = store.tables;
  if (objects.changedAt(key, seq) !== undefined) return undefined;
  const cluster = settings.read('cluster', seq);
  return cluster && bootstrapPolicy(cluster).get(key)?.object;
}

/** Whether an object is there though nobody has stored it. */
export function isOnlyBuiltIn(world: World, key: string): boolean {
  const { objects } = world.store.tables;
  return objects.read(key, world.seq) === undefined && builtInObject(world, key) !== undefined;
}

/** The stored objects of a resource, and among them those that every cluster has. */
export function withBuiltIn(
  world: World,
  resource: string,
  { namespace, stored }: { readonly namespace: string | undefined; readonly stored: readonly KubeObject[] },
): readonly KubeObject[] {
  const cluster = isOfPolicy(resource) ? world.store.tables.settings.read('cluster', world.seq) : undefined;
  if (cluster === undefined) return stored;
  const missing = [...bootstrapPolicy(cluster).values()].filter(
    (each) =>
      each.resource === resource &&
      (namespace === undefined || each.object.metadata.namespace === namespace) &&
      world.store.tables.objects.changedAt(each.key, world.seq) === undefined,
  );
  if (missing.length === 0) return stored;
  return [...stored, ...missing.map(({ object }) => object)].sort((a, b) =>
    compareText(placeOf(a), placeOf(b)),
  );
}

const PLACES = ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'].map((plural) =>
  storagePrefix(`${plural}.rbac.authorization.k8s.io`),
);

function placeOf({ metadata: { namespace = '', name = '' } }: KubeObject): string {
  return `${namespace}/${name}`;
}
