import { isObject } from '../../../../objects/json.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { ObjectMeta } from '../../../../objects/kubernetes.ts';
import type { Invocation } from '../../invocation.ts';

/**
 * The metadata of an object that kubectl makes itself. Until 1.33 it has a creation time that is null, which
 * `--dry-run=client -o yaml` shows (apimachinery 0.34: `creationTimestamp,omitempty,omitzero`).
 */
export function typedMeta({ version }: Invocation, metadata: ObjectMeta): ObjectMeta {
  return version.minor >= 34 ? metadata : { ...metadata, creationTimestamp: null as unknown as string };
}

/** The same with the namespace, if -n gives one: an object made by kubectl has no other. */
export function namespacedMeta(invocation: Invocation, metadata: ObjectMeta): ObjectMeta {
  const { isNamespaceGiven, namespace } = invocation;
  return typedMeta(invocation, isNamespaceGiven ? { ...metadata, namespace } : metadata);
}

/** What is sent: null stands for nothing. */
export function withoutNulls<Kind extends KubeObject>(object: Kind): Kind {
  return pruned(object) as Kind;
}

function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, pruned(member)]),
  );
}
