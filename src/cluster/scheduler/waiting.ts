import type { ClusterSettings } from '../contract/settings.ts';
import type { Pod } from '../objects/kubernetes.ts';
import { isTerminal } from '../objects/pod-phase.ts';
import type { Profile } from './framework.ts';
import { profilesOf } from './profile.ts';

/**
 * By which profile a node is found for a pod; undefined for one that has a node or may not have one yet, and
 * for one that asks for a scheduler that is not there.
 */
export function waitingUnder(pod: Pod, settings: ClusterSettings): Profile | undefined {
  if (pod.spec.nodeName || isTerminal(pod) || pod.spec.schedulingGates?.length) return undefined;
  return profilesOf(settings).get(pod.spec.schedulerName ?? 'default-scheduler');
}
