import { inVersion, type KubeVersion, type Since } from '../versions.ts';
import type { Resource } from './resources.ts';

/** Resources that older clusters kept in another version of their API (Kubernetes: deprecation guide). */
const STORED_VERSIONS: Readonly<Record<string, Since<string>>> = {
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

/** The last minor version that serves a former version of an API (Kubernetes: deprecation guide). */
const FORMER_VERSIONS_UNTIL: Readonly<Record<string, number>> = {
  'batch/v1beta1': 24,
  'discovery.k8s.io/v1beta1': 24,
  'policy/v1beta1': 24,
};

/** The first that serves a version of an API that is younger than others of its group. */
const SERVED_SINCE: Readonly<Record<string, number>> = { 'autoscaling/v2': 23 };
/** The last that serves one that no cluster keeps anything in. */
const SERVED_UNTIL: Readonly<Record<string, number>> = {
  'autoscaling/v2beta2': 25,
  'node.k8s.io/v1beta1': 24,
  'rbac.authorization.k8s.io/v1beta1': 21,
  'scheduling.k8s.io/v1beta1': 21,
};

/** The version of its API in which a cluster keeps a resource. */
export function storedVersionOf(resource: Resource, version: KubeVersion): string {
  const stored = STORED_VERSIONS[resource.name];
  return stored === undefined ? resource.apiVersion : inVersion(stored, version);
}

/** Whether a cluster serves a resource in a version of its API: not yet, or no longer, in others. */
export function isServed(apiVersion: string, resource: Resource, version: KubeVersion): boolean {
  if (version.minor < (SERVED_SINCE[apiVersion] ?? 0)) return false;
  const until = SERVED_UNTIL[apiVersion];
  if (until !== undefined) return version.minor <= until;
  if (STORED_VERSIONS[resource.name] === undefined || apiVersion === storedVersionOf(resource, version))
    return true;
  return version.minor <= (FORMER_VERSIONS_UNTIL[apiVersion] ?? 0);
}
