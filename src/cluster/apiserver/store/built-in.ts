import { compareText } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { bootstrapPolicy, isOfPolicy } from '../../objects/rbac/bootstrap-policy.ts';
import { storagePrefix } from '../../objects/storage-key.ts';
import type { World } from '../../world/world.ts';
import { CSI_NODE_PREFIX, CSI_NODES, csiNodeAt, csiNodesOf } from './csi-nodes.ts';

/**
 * Roles and bindings that every cluster has, and what nodes tell of drivers, are no entries of the log: what
 * nobody asks for costs nothing. They are read as if they were stored, and are stored with the first change.
 * One that has been there and is gone stays gone.
 */
export function builtInObject(world: World, key: string): KubeObject | undefined {
  const isOfNode = key.startsWith(CSI_NODE_PREFIX);
  if (!isOfNode && !PLACES.some((place) => key.startsWith(place))) return undefined;
  const { store, seq } = world;
  const { objects, settings } = store.tables;
  if (objects.changedAt(key, seq) !== undefined) return undefined;
  if (isOfNode) return csiNodeAt(world, key);
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
  const missing = builtIn(world, resource, namespace);
  if (missing.length === 0) return stored;
  return [...stored, ...missing].sort((a, b) => compareText(placeOf(a), placeOf(b)));
}

function builtIn(world: World, resource: string, namespace: string | undefined): readonly KubeObject[] {
  const { objects, settings } = world.store.tables;
  const isUntouched = (key: string): boolean => objects.changedAt(key, world.seq) === undefined;
  if (resource === CSI_NODES)
    return csiNodesOf(world).filter(({ metadata: { name = '' } }) =>
      isUntouched(`${CSI_NODE_PREFIX}${name}`),
    );
  const cluster = isOfPolicy(resource) ? settings.read('cluster', world.seq) : undefined;
  if (cluster === undefined) return [];
  return [...bootstrapPolicy(cluster).values()].flatMap((each) => {
    const isAsked = namespace === undefined || each.object.metadata.namespace === namespace;
    return each.resource === resource && isAsked && isUntouched(each.key) ? [each.object] : [];
  });
}

const PLACES = ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'].map((plural) =>
  storagePrefix(`${plural}.rbac.authorization.k8s.io`),
);

function placeOf({ metadata: { namespace = '', name = '' } }: KubeObject): string {
  return `${namespace}/${name}`;
}
