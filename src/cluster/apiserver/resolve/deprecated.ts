import type { Since } from '../../objects/versions.ts';

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
