import type {
  CronJob,
  DaemonSet,
  Deployment,
  HorizontalPodAutoscaler,
  Job,
  ReplicaSet,
  StatefulSet,
} from '../../cluster/objects/kubernetes.ts';
import type { Instant } from './instant.ts';
import type { MetricLabels, Sample } from './open-metrics.ts';
import { ofCondition } from './pod-samples.ts';

/** What kube-state-metrics says of what makes pods. */
export function* workloadSamples({ view: { objects } }: Instant): Generator<Sample> {
  for (const each of objects.list<Deployment>('deployments.apps')) yield* ofDeployment(each);
  for (const each of objects.list<ReplicaSet>('replicasets.apps')) yield* ofReplicaSet(each);
  for (const each of objects.list<StatefulSet>('statefulsets.apps')) yield* ofStatefulSet(each);
  for (const each of objects.list<DaemonSet>('daemonsets.apps')) yield* ofDaemonSet(each);
  for (const each of objects.list<Job>('jobs.batch')) yield* ofJob(each);
  for (const each of objects.list<CronJob>('cronjobs.batch')) yield* ofCronJob(each);
  const scalers = objects.list<HorizontalPodAutoscaler>('horizontalpodautoscalers.autoscaling');
  for (const each of scalers) yield* ofScaler(each);
}

/** Zero is what an absent count means. */
function* counts(
  prefix: string,
  labels: MetricLabels,
  values: Readonly<Record<string, number | undefined>>,
): Generator<Sample> {
  for (const [name, value = 0] of Object.entries(values))
    yield { family: `${prefix}_${name}`, labels, value };
}

function* ofDeployment({ metadata, spec, status = {} }: Deployment): Generator<Sample> {
  const labels = { namespace: metadata.namespace, deployment: metadata.name };
  yield* counts('kube_deployment', labels, {
    metadata_generation: metadata.generation,
    spec_paused: Number(spec?.paused ?? false),
    spec_replicas: spec?.replicas,
    status_observed_generation: status.observedGeneration,
    status_replicas: status.replicas,
    status_replicas_available: status.availableReplicas,
    status_replicas_ready: status.readyReplicas,
    status_replicas_unavailable: status.unavailableReplicas,
    status_replicas_updated: status.updatedReplicas,
  });
  for (const { type, reason, status: is } of status.conditions ?? []) {
    const condition = { ...labels, reason, condition: type };
    yield* ofCondition('kube_deployment_status_condition', condition, is, 'status');
  }
}

function* ofReplicaSet({ metadata, spec, status }: ReplicaSet): Generator<Sample> {
  const labels = { namespace: metadata.namespace, replicaset: metadata.name };
  yield* counts('kube_replicaset', labels, {
    spec_replicas: spec?.replicas,
    status_ready_replicas: status?.readyReplicas,
    status_replicas: status?.replicas,
  });
}

function* ofStatefulSet({ metadata, spec, status }: StatefulSet): Generator<Sample> {
  const labels = { namespace: metadata.namespace, statefulset: metadata.name };
  yield* counts('kube_statefulset', labels, {
    replicas: spec?.replicas,
    status_replicas: status?.replicas,
    status_replicas_available: status?.availableReplicas,
    status_replicas_current: status?.currentReplicas,
    status_replicas_ready: status?.readyReplicas,
    status_replicas_updated: status?.updatedReplicas,
  });
}

function* ofDaemonSet({ metadata, status }: DaemonSet): Generator<Sample> {
  const labels = { namespace: metadata.namespace, daemonset: metadata.name };
  yield* counts('kube_daemonset_status', labels, {
    current_number_scheduled: status?.currentNumberScheduled,
    desired_number_scheduled: status?.desiredNumberScheduled,
    number_available: status?.numberAvailable,
    number_misscheduled: status?.numberMisscheduled,
    number_ready: status?.numberReady,
    number_unavailable: status?.numberUnavailable,
    updated_number_scheduled: status?.updatedNumberScheduled,
  });
}

function* ofJob({ metadata, spec, status = {} }: Job): Generator<Sample> {
  const labels = { namespace: metadata.namespace, job_name: metadata.name };
  yield* counts('kube_job', labels, {
    ...(spec?.completions !== undefined && { spec_completions: spec.completions }),
    ...(spec?.parallelism !== undefined && { spec_parallelism: spec.parallelism }),
    status_active: status.active,
    status_failed: status.failed,
    status_succeeded: status.succeeded,
  });
}

function* ofCronJob({ metadata, spec, status }: CronJob): Generator<Sample> {
  const labels = { namespace: metadata.namespace, cronjob: metadata.name };
  yield* counts('kube_cronjob', labels, {
    spec_suspend: Number(spec?.suspend ?? false),
    status_active: status?.active?.length,
  });
}

function* ofScaler({ metadata, spec, status }: HorizontalPodAutoscaler): Generator<Sample> {
  const labels = { namespace: metadata.namespace, horizontalpodautoscaler: metadata.name };
  yield* counts('kube_horizontalpodautoscaler', labels, {
    spec_max_replicas: spec?.maxReplicas,
    spec_min_replicas: spec?.minReplicas ?? 1,
    status_current_replicas: status?.currentReplicas,
    status_desired_replicas: status?.desiredReplicas,
  });
}
