import type { Deed, View } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Resource } from '../../objects/schema/resources.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { servedResources } from '../../world/served-resources.ts';

/** What is still there of one resource. */
export interface Remaining {
  /** `pods.`, `deployments.apps`: the plural, a dot, the group. */
  readonly resource: string;
  readonly objects: readonly KubeObject[];
}

/** Pods go before everything that they may need (OrderedNamespaceDeletion, on since 1.33). */
const PODS_FIRST: Since<boolean> = [
  [0, false],
  [33, true],
];

/** Asks for the deletion of all that a namespace holds; tells what has not gone at once. */
export function* deleteContents(
  view: View,
  namespace: string,
): Generator<Deed, readonly Remaining[], Response> {
  const resources = servedResources(view.objects).filter(isContent);
  const pods = resources.filter(({ name }) => name === 'pods');
  if (inVersion(PODS_FIRST, view.settings.version)) {
    const left = yield* deleteAll(pods, namespace);
    if (left.length > 0) return left;
  }
  return yield* deleteAll(resources, namespace);
}

function isContent({ isNamespaced, verbs, name }: Resource): boolean {
  // Events of the newer group are the same objects under another name.
  return isNamespaced && verbs.includes('deletecollection') && name !== 'events.events.k8s.io';
}

function* deleteAll(
  resources: readonly Resource[],
  namespace: string,
): Generator<Deed, readonly Remaining[], Response> {
  const remaining: Remaining[] = [];
  for (const { name: resource, group, plural } of resources) {
    const before = yield { verb: 'list', resource, namespace };
    if (!before.ok || !before.items?.length) continue;
    if (before.items.some(({ metadata }) => metadata.deletionTimestamp === undefined)) {
      // What they own goes by itself, or is asked to go here as well.
      yield { verb: 'deletecollection', resource, namespace, propagationPolicy: 'Background' };
    }
    const after = yield { verb: 'list', resource, namespace };
    if (after.ok && after.items?.length)
      remaining.push({ resource: `${plural}.${group}`, objects: after.items });
  }
  return remaining;
}
