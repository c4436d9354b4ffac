import type {
  Namespace,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  ResourceQuota,
  Service,
} from '../../cluster/objects/kubernetes.ts';
import { milliValue, wholeValue } from '../../cluster/objects/quantity.ts';
import { type Instant, secondsOf } from './instant.ts';
import type { MetricLabels, Sample } from './open-metrics.ts';
import { ofCondition, ofQuantity } from './pod-samples.ts';

/** What kube-state-metrics says of nodes, namespaces, volumes, services and quotas. */
export function* clusterSamples({ view: { objects } }: Instant): Generator<Sample> {
  for (const each of objects.list<Node>('nodes')) yield* ofNode(each);
  for (const { metadata, status } of objects.list<Namespace>('namespaces')) {
    const labels = { namespace: metadata.name };
    yield* ofPhase('kube_namespace_status_phase', labels, [status?.phase, ['Active', 'Terminating']]);
  }
  for (const each of objects.list<PersistentVolume>('persistentvolumes')) {
    const labels = { persistentvolume: each.metadata.name };
    yield* ofPhase('kube_persistentvolume_status_phase', labels, [each.status?.phase, VOLUME_PHASES]);
  }
  for (const each of objects.list<PersistentVolumeClaim>('persistentvolumeclaims')) yield* ofClaim(each);
  for (const { metadata, spec } of objects.list<Service>('services')) {
    const { namespace, name } = metadata;
    const labels = {
      namespace,
      service: name,
      cluster_ip: spec?.clusterIP,
      external_name: spec?.externalName,
    };
    yield { family: 'kube_service_info', labels, value: 1 };
  }
  for (const each of objects.list<ResourceQuota>('resourcequotas')) yield* ofQuota(each);
}

const VOLUME_PHASES = ['Pending', 'Available', 'Bound', 'Released', 'Failed'];
const CLAIM_PHASES = ['Lost', 'Bound', 'Pending'];

type Phase = readonly [is: string | undefined, all: readonly string[]];

function* ofPhase(family: string, labels: MetricLabels, [is, all]: Phase): Generator<Sample> {
  for (const phase of all) yield { family, labels: { ...labels, phase }, value: Number(is === phase) };
}

function* ofNode({ metadata, spec = {}, status = {} }: Node): Generator<Sample> {
  const labels = { node: metadata.name };
  const { kubeletVersion, containerRuntimeVersion, osImage, kernelVersion } = status.nodeInfo ?? {};
  const info = {
    kernel_version: kernelVersion,
    os_image: osImage,
    container_runtime_version: containerRuntimeVersion,
    kubelet_version: kubeletVersion,
    pod_cidr: spec.podCIDR,
    internal_ip: status.addresses?.find(({ type }) => type === 'InternalIP')?.address,
  };
  yield { family: 'kube_node_info', labels: { ...labels, ...info }, value: 1 };
  const created = secondsOf(metadata.creationTimestamp);
  if (created !== undefined) yield { family: 'kube_node_created', labels, value: created };
  yield { family: 'kube_node_spec_unschedulable', labels, value: Number(spec.unschedulable ?? false) };
  for (const kind of ['capacity', 'allocatable'] as const) {
    for (const [resource, quantity] of Object.entries(status[kind] ?? {})) {
      yield { family: `kube_node_status_${kind}`, ...ofQuantity(labels, resource, quantity) };
    }
  }
  for (const { type, status: is } of status.conditions ?? []) {
    yield* ofCondition('kube_node_status_condition', { ...labels, condition: type }, is, 'status');
  }
}

function* ofClaim({ metadata, spec, status }: PersistentVolumeClaim): Generator<Sample> {
  const labels = { namespace: metadata.namespace, persistentvolumeclaim: metadata.name };
  yield* ofPhase('kube_persistentvolumeclaim_status_phase', labels, [status?.phase, CLAIM_PHASES]);
  const storage = spec?.resources?.requests?.['storage'];
  if (storage === undefined) return;
  const family = 'kube_persistentvolumeclaim_resource_requests_storage_bytes';
  yield { family, labels, value: wholeValue(storage) };
}

function* ofQuota({ metadata, status }: ResourceQuota): Generator<Sample> {
  const labels = { namespace: metadata.namespace, resourcequota: metadata.name };
  for (const type of ['hard', 'used'] as const) {
    for (const [resource, quantity] of Object.entries(status?.[type] ?? {})) {
      const value = milliValue(quantity) / 1000;
      yield { family: 'kube_resourcequota', labels: { ...labels, resource, type }, value };
    }
  }
}
