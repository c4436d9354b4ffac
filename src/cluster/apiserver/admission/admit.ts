import type { Refused } from '../../contract/response.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Call } from '../call.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { defaultStorageClass } from './default-storage-class.ts';
import { defaultTolerationSeconds } from './default-toleration-seconds.ts';
import { limitRanger } from './limit-ranger.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { podSecurity } from './pod-security.ts';
import { podTopologyLabels } from './pod-topology-labels.ts';
import { priority } from './priority.ts';
import { resourceQuota } from './resource-quota.ts';
import { serviceAccount } from './service-account.ts';
import { storageObjectInUseProtection } from './storage-object-in-use-protection.ts';
import { taintNodesByCondition } from './taint-nodes-by-condition.ts';

/**
 * In the order of kube-apiserver (options/plugins.go AllOrderedPlugins); those that are missing are not
 * simulated.
 */
const PLUGINS: readonly AdmissionPlugin[] = [
  namespaceLifecycle,
  limitRanger,
  serviceAccount,
  taintNodesByCondition,
  podSecurity,
  priority,
  defaultTolerationSeconds,
  defaultStorageClass,
  storageObjectInUseProtection,
  podTopologyLabels,
  resourceQuota,
];

export function admitCreate(draft: KubeObject, call: Call): Refused | undefined {
  for (const { onCreate } of pluginsOf(call.resource.name)) {
    const refusal = onCreate?.(draft, call);
    if (refusal) return refusal;
  }
  return undefined;
}

export function admitUpdate(draft: KubeObject, stored: KubeObject, call: Call): Refused | undefined {
  for (const { onUpdate } of pluginsOf(call.resource.name)) {
    const refusal = onUpdate?.(draft, stored, call);
    if (refusal) return refusal;
  }
  return undefined;
}

/** What is valid is looked at once more, by those who only judge. */
export function checkCreate(draft: KubeObject, call: Call): Refused | undefined {
  for (const plugin of pluginsOf(call.resource.name)) {
    const refusal = plugin.checkCreate?.(draft, call);
    if (refusal) return refusal;
  }
  return undefined;
}

export function checkUpdate(draft: KubeObject, stored: KubeObject, call: Call): Refused | undefined {
  for (const plugin of pluginsOf(call.resource.name)) {
    const refusal = plugin.checkUpdate?.(draft, stored, call);
    if (refusal) return refusal;
  }
  return undefined;
}

// Derived from the list alone, and asked for with every write.
const byResource = new Map<string, readonly AdmissionPlugin[]>();

function pluginsOf(resource: string): readonly AdmissionPlugin[] {
  let plugins = byResource.get(resource);
  if (plugins === undefined) {
    plugins = PLUGINS.filter(({ resources }) => resources === undefined || resources.includes(resource));
    byResource.set(resource, plugins);
  }
  return plugins;
}
