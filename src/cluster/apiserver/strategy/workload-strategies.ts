import { isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { DaemonSet, Job, StatefulSet } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { Call } from '../call.ts';

/** The labels by which a Job knows its pods (batch/v1: types.go); the prefixed ones came with 1.27. */
const JOB_LABELS: Since<{ readonly name: readonly string[]; readonly uid: readonly string[] }> = [
  [0, { name: ['job-name'], uid: ['controller-uid'] }],
  [
    27,
    {
      name: ['job-name', 'batch.kubernetes.io/job-name'],
      uid: ['controller-uid', 'batch.kubernetes.io/controller-uid'],
    },
  ],
];

/**
 * A Job selects its pods by its own uid unless it says that it does it otherwise
 * (registry/batch/job/strategy.go).
 */
export function prepareJob(draft: KubeObject, { settings }: Call): undefined {
  const job = draft as Job;
  const { spec } = job;
  if (spec === undefined || spec.manualSelector === true) return;
  const { name = '', uid = '' } = job.metadata;
  const labels = inVersion(JOB_LABELS, settings.version);
  const own = Object.fromEntries([
    ...labels.uid.map((label) => [label, uid] as const),
    ...labels.name.map((label) => [label, name] as const),
  ]);
  const metadata = spec.template.metadata ?? {};
  spec.template.metadata = { ...metadata, labels: { ...own, ...metadata.labels } };
  const selecting = labels.uid.at(-1) ?? '';
  spec.selector = { ...spec.selector, matchLabels: { [selecting]: uid, ...spec.selector?.matchLabels } };
  // Reading a Job gives one without labels those of its template (batch/v1: defaults.go).
  job.metadata.labels ??= { ...spec.template.metadata.labels };
}

const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

/** A counter of the template's changes that apps/v1 shows as an annotation (apps/v1: conversion.go). */
export function prepareDaemonSet(draft: KubeObject): undefined {
  const { metadata } = draft;
  const given = Number(metadata.annotations?.[TEMPLATE_GENERATION]);
  metadata.annotations = { ...metadata.annotations, [TEMPLATE_GENERATION]: String(given >= 1 ? given : 1) };
}

export function prepareDaemonSetUpdate(draft: KubeObject, stored: KubeObject): undefined {
  const before = Number(stored.metadata.annotations?.[TEMPLATE_GENERATION] ?? 1);
  const isSame = isEqualJson((draft as DaemonSet).spec.template, (stored as DaemonSet).spec.template);
  draft.metadata.annotations = {
    ...draft.metadata.annotations,
    [TEMPLATE_GENERATION]: String(isSame ? before : before + 1),
  };
}

/**
 * A count that is written even when it is zero, since it exists (`groundtruth/v1.20`: StatefulSets have
 * none).
 */
const COUNTS_AVAILABLE: Since<boolean> = [
  [0, false],
  [22, true],
];

export function prepareStatefulSet(draft: KubeObject, { settings }: Call): undefined {
  dropMaxUnavailable(draft as StatefulSet);
  if (inVersion(COUNTS_AVAILABLE, settings.version)) return;
  const { availableReplicas: _, ...status } = (draft as StatefulSet).status ?? { replicas: 0 };
  (draft as StatefulSet).status = status;
}

export function prepareStatefulSetUpdate(draft: KubeObject): undefined {
  dropMaxUnavailable(draft as StatefulSet);
}

/** MaxUnavailableStatefulSet is off in all versions up to 1.36: the field is as if it were not there. */
function dropMaxUnavailable(set: StatefulSet): void {
  const { updateStrategy } = set.spec;
  if (updateStrategy?.rollingUpdate?.maxUnavailable === undefined) return;
  const { maxUnavailable: _, ...rollingUpdate } = updateStrategy.rollingUpdate;
  set.spec = { ...set.spec, updateStrategy: { ...updateStrategy, rollingUpdate } };
}
