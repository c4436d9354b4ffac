import { withDefaults } from '../../../../src/cluster/objects/defaults/apply-defaults.ts';
import type { KubeObject } from '../../../../src/cluster/objects/kube-object.ts';
import type { Pod } from '../../../../src/cluster/objects/kubernetes.ts';
import { formatFieldError } from '../../../../src/cluster/objects/validation/field-error.ts';
import {
  validateCreate,
  validateUpdate,
} from '../../../../src/cluster/objects/validation/validate-object.ts';

const V136 = { minor: 36, patch: 2 };

/** A pod as it comes to be validated: with defaults, in a namespace, with an account. */
export function podWith(spec: object, metadata: object = {}): Pod {
  const manifest = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default', ...metadata },
    spec: { serviceAccountName: 'default', containers: [{ name: 'c', image: 'nginx' }], ...spec },
  };
  return withDefaults(manifest as Pod, V136);
}

/** A pod whose only container has these fields too. */
export function podWithContainer(container: object, spec: object = {}): Pod {
  return podWith({ containers: [{ name: 'c', image: 'nginx', ...container }], ...spec });
}

export function objectOf(kind: string, rest: object, metadata: object = {}): KubeObject {
  const isNamespaced = kind !== 'Node' && kind !== 'Namespace';
  const place = isNamespaced ? { namespace: 'default' } : {};
  const object = { apiVersion: 'v1', kind, metadata: { name: 'x', ...place, ...metadata }, ...rest };
  return withDefaults(object as KubeObject, V136);
}

/** As the API server prints them, none twice. */
export function createErrors(object: KubeObject): readonly string[] {
  return [...new Set(validateCreate(object).map(formatFieldError))];
}

/** Both objects as stored under one version. */
export function updateErrors(object: KubeObject, old: KubeObject, subresource?: string): readonly string[] {
  const stored = (version: KubeObject): KubeObject => ({
    ...version,
    metadata: { ...version.metadata, resourceVersion: '7', uid: 'u' },
  });
  return [...new Set(validateUpdate(stored(object), stored(old), subresource, V136).map(formatFieldError))];
}
