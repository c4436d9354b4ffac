import type { ClusterSettings } from '../contract/settings.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { isTerminal } from '../objects/pod-phase.ts';
import { inVersion, type Since } from '../objects/versions.ts';
import type { Profile } from './framework.ts';
import { profilesOf } from './profile.ts';

/**
 * DynamicResourceAllocation, on since 1.34: a pod whose ResourceClaims are not there is not even tried, and
 * told nothing (plugins/dynamicresources PreEnqueue). Nobody makes any here.
 */
const KNOWS_DEVICES: Since<boolean> = [
  [0, false],
  [34, true],
];

/**
 * By which profile a node is found for a pod; undefined for one that has a node or may not have one yet, and
 * for one that asks for a scheduler that is not there.
 */
export function waitingUnder(pod: Pod, settings: ClusterSettings): Profile | undefined {
  if (pod.spec.nodeName || isTerminal(pod) || pod.spec.schedulingGates?.length) return undefined;
  if (pod.spec.resourceClaims?.length && inVersion(KNOWS_DEVICES, settings.version)) return undefined;
  return profilesOf(settings).get(pod.spec.schedulerName ?? 'default-scheduler');
}
