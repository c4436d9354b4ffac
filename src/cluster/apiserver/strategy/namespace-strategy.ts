import type { KubeObject } from '../../objects/kube-object.ts';
import type { Namespace } from '../../objects/kubernetes.ts';
import type { Call } from '../call.ts';

const FINALIZER = 'kubernetes';

/** Namespaces (kubernetes: registry/core/namespace/strategy.go): none goes before its content has gone. */
export function prepareNamespace(draft: KubeObject): undefined {
  const namespace = draft as Namespace;
  const finalizers = namespace.spec?.finalizers ?? [];
  namespace.spec = {
    ...namespace.spec,
    finalizers: finalizers.includes(FINALIZER) ? finalizers : [...finalizers, FINALIZER],
  };
  namespace.status = { phase: 'Active' };
  labelWithName(namespace);
}

/** The finalizers of a namespace's spec change by its subresource `finalize` alone. */
export function prepareNamespaceUpdate(draft: KubeObject, stored: KubeObject, call: Call): undefined {
  const namespace = draft as Namespace;
  labelWithName(namespace);
  if (call.subresource === 'finalize') return;
  const { finalizers: _, ...spec } = namespace.spec ?? {};
  const kept = (stored as Namespace).spec?.finalizers;
  namespace.spec = { ...spec, ...(kept && { finalizers: kept }) };
}

export function isNamespaceFinalized(object: KubeObject): boolean {
  return ((object as Namespace).spec?.finalizers ?? []).length === 0;
}

/** Also those whose name was generated, which defaulting could not know. */
function labelWithName({ metadata }: Namespace): void {
  metadata.labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name ?? '' };
}
