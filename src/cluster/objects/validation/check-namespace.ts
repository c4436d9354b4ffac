import type { Namespace } from '../kubernetes.ts';
import { type FieldErrors, invalid } from './field-error.ts';
import { dnsLabelProblems } from './name-syntax.ts';
import { checkFinalizerName, checkObjectMeta, checkObjectMetaUpdate } from './object-meta.ts';

export function checkNewNamespace({ metadata, spec }: Namespace): FieldErrors {
  return [
    ...checkObjectMeta(metadata, { isNamespaced: false, nameProblems: dnsLabelProblems }),
    ...(spec?.finalizers ?? []).flatMap((name) => checkFinalizerName('spec.finalizers', name)),
  ];
}

export function checkNamespaceUpdate(namespace: Namespace, old: Namespace): FieldErrors {
  return checkObjectMetaUpdate(namespace.metadata, old.metadata);
}

/** A namespace is Active until it is being deleted, and Terminating from then on. */
export function checkNamespaceStatusUpdate(namespace: Namespace, old: Namespace): FieldErrors {
  const isDeleted = namespace.metadata.deletionTimestamp !== undefined;
  const phase = namespace.status?.phase ?? '';
  const expected = isDeleted ? 'Terminating' : 'Active';
  const detail = `may only be '${expected}' if \`deletionTimestamp\` is ${isDeleted ? 'not ' : ''}empty`;
  return [
    ...checkObjectMetaUpdate(namespace.metadata, old.metadata),
    ...(phase === expected ? [] : [invalid('status.Phase', phase, detail)]),
  ];
}

export function checkNamespaceFinalizeUpdate(namespace: Namespace, old: Namespace): FieldErrors {
  return [
    ...checkObjectMetaUpdate(namespace.metadata, old.metadata),
    ...(namespace.spec?.finalizers ?? []).flatMap((name, index) =>
      checkFinalizerName(`spec.finalizers[${index}]`, name),
    ),
  ];
}
