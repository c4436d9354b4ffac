import type { Refused } from '../../contract/response.ts';
import { isEqualJson, type Json } from '../../objects/json.ts';
import type { Pod, RuntimeClass, Toleration } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import type { Call } from '../call.ts';
import { type AdmissionPlugin, refuseAdmission } from './admission-plugin.ts';

/**
 * Completes a pod with what its RuntimeClass asks for: what the sandbox needs besides, and where such
 * sandboxes can run (kubernetes: plugin/pkg/admission/runtimeclass).
 */
export const runtimeClass: AdmissionPlugin = {
  name: 'RuntimeClass',
  resources: ['pods'],
  onCreate(draft, call) {
    const pod = draft as Pod;
    const name = pod.spec.runtimeClassName;
    const found = name === undefined ? undefined : classNamed(name, call);
    if (name !== undefined && found === undefined)
      return refuseAdmission(pod, call, `pod rejected: RuntimeClass ${JSON.stringify(name)} not found`);
    return setOverhead(pod, call, found) ?? setScheduling(pod, call, found);
  },
};

function classNamed(name: string, { store }: Call): RuntimeClass | undefined {
  return store.read<RuntimeClass>(storageKey({ resource: 'runtimeclasses.node.k8s.io', name }));
}

function setOverhead(pod: Pod, call: Call, found: RuntimeClass | undefined): Refused | undefined {
  const { spec } = pod;
  const wanted = found?.overhead?.podFixed;
  if (wanted === undefined) {
    if (spec.overhead === undefined || Object.keys(spec.overhead).length === 0) return undefined;
    const why = 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead';
    return refuseAdmission(pod, call, why);
  }
  if (spec.overhead !== undefined && !isEqualJson(spec.overhead, wanted))
    return refuseAdmission(
      pod,
      call,
      "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead",
    );
  spec.overhead = { ...wanted };
  return undefined;
}

function setScheduling(pod: Pod, call: Call, found: RuntimeClass | undefined): Refused | undefined {
  const { spec } = pod;
  const { nodeSelector = {}, tolerations = [] } = found?.scheduling ?? {};
  for (const [key, value] of Object.entries(nodeSelector)) {
    const own = spec.nodeSelector?.[key];
    if (own !== undefined && own !== value) {
      const wanted = `runtimeClass.scheduling.nodeSelector[${key}] = ${value}`;
      return refuseAdmission(pod, call, `conflict: ${wanted}; pod.spec.nodeSelector[${key}] = ${own}`);
    }
  }
  if (Object.keys(nodeSelector).length > 0) spec.nodeSelector = { ...spec.nodeSelector, ...nodeSelector };
  const before: readonly Toleration[] = spec.tolerations ?? [];
  const more = tolerations.filter((each) => !before.some((own) => isEqualJson(own as Json, each as Json)));
  if (more.length > 0) spec.tolerations = [...before, ...more];
  return undefined;
}
