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

/** The first minor version that serves a resource at all (Kubernetes: release notes). */
const RESOURCES_SINCE: Readonly<Record<string, number>> = {
  'csistoragecapacities.storage.k8s.io': 24,
  'deviceclasses.resource.k8s.io': 34,
  'flowschemas.flowcontrol.apiserver.k8s.io': 29,
  'ipaddresses.networking.k8s.io': 33,
  'mutatingadmissionpolicies.admissionregistration.k8s.io': 36,
  'mutatingadmissionpolicybindings.admissionregistration.k8s.io': 36,
  'prioritylevelconfigurations.flowcontrol.apiserver.k8s.io': 29,
  'resourceclaims.resource.k8s.io': 34,
  'resourceclaimtemplates.resource.k8s.io': 34,
  'resourceslices.resource.k8s.io': 34,
  'selfsubjectreviews.authentication.k8s.io': 28,
  'servicecidrs.networking.k8s.io': 33,
  'validatingadmissionpolicies.admissionregistration.k8s.io': 30,
  'validatingadmissionpolicybindings.admissionregistration.k8s.io': 30,
  'volumeattributesclasses.storage.k8s.io': 34,
};

/** The same of parts of a resource, which are off by default before. */
const SUBRESOURCES_SINCE: Readonly<Record<string, number>> = {
  'pods/ephemeralcontainers': 23,
  'pods/resize': 33,
};

/** A resource as a cluster of a version offers it; undefined where there was none of it yet. */
export function resourceIn(resource: Resource, { minor }: KubeVersion): Resource | undefined {
  const { name, subresources } = resource;
  if (minor < (RESOURCES_SINCE[name] ?? 0)) return undefined;
  const served = subresources.filter((each) => minor >= (SUBRESOURCES_SINCE[`${name}/${each.name}`] ?? 0));
  return served.length === subresources.length ? resource : { ...resource, subresources: served };
}
