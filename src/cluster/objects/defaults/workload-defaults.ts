import type {
  CronJob,
  DaemonSet,
  Deployment,
  Job,
  JobSpec,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from '../versions.ts';
import { setPodSpecDefaults } from './pod-defaults.ts';

const NO_LIMIT = 2 ** 31 - 1;

/**
 * Fields of workloads that came, with their defaults, in later versions (kubernetes:
 * features/kube_features.go).
 */
const CLAIM_RETENTION: Since<boolean> = [
  [0, false],
  [27, true],
];
const JOB_COMPLETION_MODE: Since<boolean> = [
  [0, false],
  [22, true],
];
const POD_REPLACEMENT: Since<boolean> = [
  [0, false],
  [29, true],
];
const DAEMON_SURGE: Since<boolean> = [
  [0, false],
  [22, true],
];

export function setDeploymentDefaults({ spec }: Deployment): void {
  spec.replicas ??= 1;
  spec.strategy ??= {};
  spec.strategy.type ||= 'RollingUpdate';
  if (spec.strategy.type === 'RollingUpdate') {
    spec.strategy.rollingUpdate = { maxUnavailable: '25%', maxSurge: '25%', ...spec.strategy.rollingUpdate };
  }
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
  setTemplateDefaults(spec);
}

export function setReplicaSetDefaults({ spec }: ReplicaSet): void {
  spec.replicas ??= 1;
  setTemplateDefaults(spec);
}

/** The oldest of the workloads takes selector and labels from its template. */
export function setReplicationControllerDefaults(controller: ReplicationController): void {
  controller.spec ??= {};
  const { spec } = controller;
  const labels = spec.template?.metadata?.labels;
  if (labels !== undefined) {
    spec.selector ??= { ...labels };
    controller.metadata.labels ??= { ...labels };
  }
  spec.replicas ??= 1;
  setTemplateDefaults(spec);
}

export function setStatefulSetDefaults({ spec }: StatefulSet, version: KubeVersion): void {
  spec.podManagementPolicy ||= 'OrderedReady';
  spec.updateStrategy ??= {};
  const strategy = spec.updateStrategy;
  if (!strategy.type) {
    strategy.type = 'RollingUpdate';
    strategy.rollingUpdate ??= {};
  }
  if (strategy.type === 'RollingUpdate' && strategy.rollingUpdate) strategy.rollingUpdate.partition ??= 0;
  if (inVersion(CLAIM_RETENTION, version)) {
    const retention = spec.persistentVolumeClaimRetentionPolicy;
    spec.persistentVolumeClaimRetentionPolicy = { whenDeleted: 'Retain', whenScaled: 'Retain', ...retention };
  }
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= 10;
  for (const claim of spec.volumeClaimTemplates ?? []) {
    claim.kind ||= 'PersistentVolumeClaim';
    claim.apiVersion ||= 'v1';
    if (claim.spec) claim.spec.volumeMode ??= 'Filesystem';
    claim.status = { ...claim.status, phase: claim.status?.phase ?? 'Pending' };
  }
  setTemplateDefaults(spec);
}

export function setDaemonSetDefaults({ spec }: DaemonSet, version: KubeVersion): void {
  spec.updateStrategy ??= {};
  const strategy = spec.updateStrategy;
  strategy.type ||= 'RollingUpdate';
  if (strategy.type === 'RollingUpdate') {
    const surge = inVersion(DAEMON_SURGE, version) ? { maxSurge: 0 } : {};
    strategy.rollingUpdate = { maxUnavailable: 1, ...surge, ...strategy.rollingUpdate };
  }
  spec.revisionHistoryLimit ??= 10;
  setTemplateDefaults(spec);
}

export function setJobDefaults(job: Job, version: KubeVersion): void {
  job.spec ??= { template: {} };
  setJobSpecDefaults(job.spec, version);
  const labels = job.spec.template.metadata?.labels;
  if (labels !== undefined) job.metadata.labels ??= { ...labels };
}

/** Of a CronJob's Jobs nothing is filled in before they are made, but for their pods. */
export function setCronJobDefaults({ spec }: CronJob): void {
  if (spec === undefined) return;
  spec.concurrencyPolicy ||= 'Allow';
  spec.suspend ??= false;
  spec.successfulJobsHistoryLimit ??= 3;
  spec.failedJobsHistoryLimit ??= 1;
  if (spec.jobTemplate.spec) setTemplateDefaults(spec.jobTemplate.spec);
}

function setJobSpecDefaults(spec: JobSpec, version: KubeVersion): void {
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : NO_LIMIT;
  if (inVersion(JOB_COMPLETION_MODE, version)) {
    spec.completionMode ??= 'NonIndexed';
    spec.suspend ??= false;
  }
  if (inVersion(POD_REPLACEMENT, version)) {
    spec.podReplacementPolicy ??= spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed';
    spec.manualSelector ??= false;
  }
  for (const { onPodConditions = [] } of spec.podFailurePolicy?.rules ?? []) {
    for (const pattern of onPodConditions) pattern.status ||= 'True';
  }
  setTemplateDefaults(spec);
}

function setTemplateDefaults(owner: {
  template?: { spec?: Parameters<typeof setPodSpecDefaults>[0] };
}): void {
  if (owner.template?.spec) setPodSpecDefaults(owner.template.spec);
}
