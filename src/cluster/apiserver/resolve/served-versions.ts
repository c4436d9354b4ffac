import type { Since } from '../../objects/versions.ts';

/** Resources that older clusters kept in another version of their API (Kubernetes: deprecation guide). */
export const STORED_VERSIONS: Readonly<Record<string, Since<string>>> = {
  'cronjobs.batch': [
    [0, 'batch/v1beta1'],
    [21, 'batch/v1'],
  ],
  'endpointslices.discovery.k8s.io': [
    [0, 'discovery.k8s.io/v1beta1'],
    [21, 'discovery.k8s.io/v1'],
  ],
  'poddisruptionbudgets.policy': [
    [0, 'policy/v1beta1'],
    [21, 'policy/v1'],
  ],
};

/**
 * Warnings that come with every answer about a resource (k8s.io/api: zz_generated.prerelease-lifecycle.go).
 */
export const DEPRECATED: Readonly<Record<string, Since<string>>> = {
  componentstatuses: [
    [0, ''],
    [19, 'v1 ComponentStatus is deprecated in v1.19+'],
  ],
  endpoints: [
    [0, ''],
    [33, 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'],
  ],
};

/** The last minor version that accepts an object in a former version of its API. */
export const FORMER_VERSIONS_UNTIL: Readonly<Record<string, number>> = {
  'batch/v1beta1': 24,
  'discovery.k8s.io/v1beta1': 24,
  'policy/v1beta1': 24,
};
