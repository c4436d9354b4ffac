import type { Container, ContainerStatus, Pod } from '../../cluster/objects/kubernetes.ts';
import { milliValue, wholeValue } from '../../cluster/objects/quantity.ts';
import { type Instant, secondsOf } from './instant.ts';
import type { MetricLabels, Sample } from './open-metrics.ts';

const PHASES = ['Pending', 'Succeeded', 'Failed', 'Unknown', 'Running'];

/** What kube-state-metrics says of pods and their containers (docs/metrics/workload/pod-metrics.md). */
export function* podSamples({ view }: Instant): Generator<Sample> {
  for (const pod of view.objects.list<Pod>('pods')) {
    const { namespace, name, uid } = pod.metadata;
    const of = { namespace, pod: name, uid };
    yield* ofPod(pod, of);
    for (const container of pod.spec.containers) yield* ofResources(container, of, pod.spec.nodeName);
    for (const status of pod.status?.containerStatuses ?? []) yield* ofContainer(status, of);
  }
}

function* ofPod({ metadata, spec, status = {} }: Pod, of: MetricLabels): Generator<Sample> {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  const info = {
    host_ip: status.hostIP,
    pod_ip: status.podIP,
    node: spec.nodeName,
    created_by_kind: owner?.kind,
    created_by_name: owner?.name,
    priority_class: spec.priorityClassName,
    host_network: String(spec.hostNetwork ?? false),
  };
  yield { family: 'kube_pod_info', labels: { ...of, ...info }, value: 1 };
  yield* ofTime('kube_pod_created', of, metadata.creationTimestamp);
  yield* ofTime('kube_pod_deletion_timestamp', of, metadata.deletionTimestamp);
  for (const phase of PHASES) {
    yield {
      family: 'kube_pod_status_phase',
      labels: { ...of, phase },
      value: Number(status.phase === phase),
    };
  }
  yield* ofCondition(
    'kube_pod_status_ready',
    of,
    status.conditions?.find(({ type }) => type === 'Ready')?.status,
  );
  const scheduled = status.conditions?.find(({ type }) => type === 'PodScheduled')?.status;
  yield* ofCondition('kube_pod_status_scheduled', of, scheduled);
}

function* ofTime(family: string, labels: MetricLabels, time: string | undefined): Generator<Sample> {
  const value = secondsOf(time);
  if (value !== undefined) yield { family, labels, value };
}

/** One of three is so; nothing where the condition is not there. */
export function* ofCondition(
  family: string,
  labels: MetricLabels,
  status: string | undefined,
  name = 'condition',
): Generator<Sample> {
  if (status === undefined) return;
  for (const each of ['true', 'false', 'unknown']) {
    yield { family, labels: { ...labels, [name]: each }, value: Number(status.toLowerCase() === each) };
  }
}

function* ofContainer(status: ContainerStatus, of: MetricLabels): Generator<Sample> {
  const { name, ready, restartCount, state = {}, lastState = {} } = status;
  const labels = { ...of, container: name };
  const family = (word: string): string => `kube_pod_container_status_${word}`;
  yield { family: family('ready'), labels, value: Number(ready) };
  yield { family: family('restarts'), labels, value: restartCount };
  yield { family: family('running'), labels, value: Number(state.running !== undefined) };
  yield { family: family('waiting'), labels, value: Number(state.waiting !== undefined) };
  yield { family: family('terminated'), labels, value: Number(state.terminated !== undefined) };
  const reasons = {
    waiting_reason: state.waiting?.reason,
    terminated_reason: state.terminated?.reason,
    last_terminated_reason: lastState.terminated?.reason,
  };
  for (const [word, reason] of Object.entries(reasons)) {
    if (reason !== undefined) yield { family: family(word), labels: { ...labels, reason }, value: 1 };
  }
}

function* ofResources({ name, resources = {} }: Container, of: MetricLabels, node = ''): Generator<Sample> {
  const labels = { ...of, container: name, node };
  for (const kind of ['requests', 'limits'] as const) {
    for (const [resource, quantity] of Object.entries(resources[kind] ?? {})) {
      yield { family: `kube_pod_container_resource_${kind}`, ...ofQuantity(labels, resource, quantity) };
    }
  }
}

/** As kube-state-metrics spells resources and their units. */
export function ofQuantity(labels: MetricLabels, resource: string, quantity: string): Omit<Sample, 'family'> {
  const name = resource.replace(/[^a-zA-Z0-9_]/g, '_');
  if (resource === 'cpu')
    return { labels: { ...labels, resource: name, unit: 'core' }, value: milliValue(quantity) / 1000 };
  const unit = /memory|storage|^hugepages-/.test(resource) ? 'byte' : 'integer';
  return { labels: { ...labels, resource: name, unit }, value: wholeValue(quantity) };
}
