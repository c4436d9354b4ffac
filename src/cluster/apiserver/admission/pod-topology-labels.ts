import type { Node, Pod } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { Call } from '../call.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';

const COPIED = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'];

/** PodTopologyLabelsAdmission: on by default since 1.35. */
const COPIES: Since<boolean> = [
  [0, false],
  [35, true],
];

/** A pod knows by labels of its own in which zone and region it runs. */
export const podTopologyLabels: AdmissionPlugin = {
  name: 'PodTopologyLabels',
  resources: ['pods'],
  onCreate(draft, call) {
    const { metadata, spec } = draft as Pod;
    const labels = spec.nodeName ? topologyLabels(spec.nodeName, call) : undefined;
    if (labels) metadata.labels = { ...metadata.labels, ...labels };
    return undefined;
  },
};

/** What a pod bound to a node is labelled with; undefined when nothing is. */
export function topologyLabels(
  nodeName: string,
  { store, settings }: Call,
): Record<string, string> | undefined {
  if (!inVersion(COPIES, settings.version)) return undefined;
  const labels = store.read<Node>(storageKey({ resource: 'nodes', name: nodeName }))?.metadata.labels ?? {};
  const copied = COPIED.flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]] as const]));
  return copied.length === 0 ? undefined : Object.fromEntries(copied);
}
