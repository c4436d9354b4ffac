import { sortedKeys } from '../json.ts';
import type { Container, Pod, PodSpec } from '../kubernetes.ts';
import { containerAmounts, isPodLevelResource, resourceListOf } from '../pod-resources.ts';
import {
  requestWhatIsLimited,
  roundList,
  roundResources,
  setContainerDefaults,
  setHostPorts,
} from './container-defaults.ts';
import { setVolumeDefaults } from './volume-defaults.ts';

/** Fills in what a pod leaves open (core/v1: defaults.go). It changes the pod given to it. */
export function setPodDefaults(pod: Pod): void {
  const { spec } = pod;
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
  for (const { resources } of containers) requestWhatIsLimited(resources);
  setPodLevelResources(spec);
  spec.enableServiceLinks ??= true;
  if (spec.hostNetwork === true) for (const { ports } of containers) setHostPorts(ports);
  setPodSpecDefaults(spec);
}

/** What a pod and a template of pods have in common; a template leaves the rest to the pods made from it. */
export function setPodSpecDefaults(spec: PodSpec): void {
  spec.dnsPolicy ||= 'ClusterFirst';
  spec.restartPolicy ||= 'Always';
  spec.securityContext ??= {};
  spec.terminationGracePeriodSeconds ??= 30;
  spec.schedulerName ||= 'default-scheduler';
  // Kubernetes writes both names of this field, and the newer one wins (core/v1: conversion.go).
  const account = spec.serviceAccountName || spec.serviceAccount;
  if (account) Object.assign(spec, { serviceAccountName: account, serviceAccount: account });
  for (const volume of spec.volumes ?? []) setVolumeDefaults(volume);
  for (const container of spec.initContainers ?? []) setContainerDefaults(container);
  for (const container of spec.containers ?? []) setContainerDefaults(container);
  // An ephemeral container is a container but for the name of the one that it looks into.
  for (const container of spec.ephemeralContainers ?? []) setContainerDefaults(container as Container);
  roundList(spec.overhead);
  roundResources(spec.resources);
}

/**
 * A pod that limits itself as a whole also requests: what its containers request together, or else as much as
 * it limits. Huge pages are limited by what the containers limit.
 */
function setPodLevelResources(spec: PodSpec): void {
  const { resources } = spec;
  if (resources === undefined) return;
  if (resources.limits === undefined && resources.requests === undefined) return;
  const ofContainers = resourceListOf(containerAmounts(spec, 'limits'));
  const limits = { ...resources.limits };
  for (const name of sortedKeys(ofContainers).filter(isHugePages)) {
    if (resources.requests?.[name] === undefined) limits[name] ??= ofContainers[name] ?? '0';
  }
  if (Object.keys(limits).length === 0) return;
  resources.limits = limits;
  const requests = { ...resources.requests };
  const requested = resourceListOf(containerAmounts(spec, 'requests'));
  for (const name of ['cpu', 'memory']) {
    const together = requested[name];
    if (together !== undefined) requests[name] ??= together;
  }
  for (const name of sortedKeys(limits).filter(isPodLevelResource)) requests[name] ??= limits[name] ?? '0';
  resources.requests = requests;
}

function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}
