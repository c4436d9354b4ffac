import { isObject, type Json, type JsonObject } from '../../../objects/json.ts';
import { type Configuration, changedWhere } from './configurations.ts';
import type { Kustomization } from './kustomization.ts';
import { kindOf, type Resource, withChanges } from './resource.ts';

/** Which labels go where. */
interface LabelPlan {
  readonly pairs: Readonly<Record<string, string>>;
  readonly inSelectors: boolean;
  readonly inTemplates: boolean;
}

const TEMPLATE = 'spec/template/metadata/labels';
const JOB = 'spec/jobTemplate/spec/template/metadata/labels';
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  ReplicationController: [TEMPLATE],
  Deployment: [TEMPLATE],
  ReplicaSet: [TEMPLATE],
  DaemonSet: [TEMPLATE],
  StatefulSet: [TEMPLATE, 'spec/volumeClaimTemplates[]/metadata/labels'],
  Job: [TEMPLATE],
  CronJob: ['spec/jobTemplate/metadata/labels', JOB],
};

/** Selectors that are made where there are none (kustomize: builtinpluginconsts/commonlabels.go). */
const MADE: Readonly<Record<string, readonly string[]>> = {
  Service: ['spec/selector'],
  ReplicationController: ['spec/selector'],
  Deployment: ['spec/selector/matchLabels'],
  ReplicaSet: ['spec/selector/matchLabels'],
  DaemonSet: ['spec/selector/matchLabels'],
  StatefulSet: ['spec/selector/matchLabels'],
};

const AFFINITY = ['podAffinity', 'podAntiAffinity'].flatMap((side) => [
  `spec/template/spec/affinity/${side}/preferredDuringSchedulingIgnoredDuringExecution[]/podAffinityTerm/labelSelector/matchLabels`,
  `spec/template/spec/affinity/${side}/requiredDuringSchedulingIgnoredDuringExecution[]/labelSelector/matchLabels`,
]);
const SPREAD = 'spec/template/spec/topologySpreadConstraints[]/labelSelector/matchLabels';
const PEERS = ['ingress[]/from[]', 'egress[]/to[]'];

/** Selectors that only grow where there is one. */
const FOUND: Readonly<Record<string, readonly string[]>> = {
  Deployment: [...AFFINITY, SPREAD],
  StatefulSet: [...AFFINITY, SPREAD],
  Job: ['spec/selector/matchLabels'],
  CronJob: ['spec/jobTemplate/spec/selector/matchLabels'],
  PodDisruptionBudget: ['spec/selector/matchLabels'],
  NetworkPolicy: [
    'spec/podSelector/matchLabels',
    ...PEERS.map((peer) => `spec/${peer}/podSelector/matchLabels`),
  ],
};

/** The labels and annotations that a kustomization gives to all. */
export function withLabelsOf(
  resources: readonly Resource[],
  { labels = [], commonLabels, commonAnnotations }: Kustomization,
  configuration: Configuration,
): readonly Resource[] {
  let all = resources;
  const plans = labels.map(({ pairs = {}, includeSelectors = false, includeTemplates = false }) => ({
    pairs,
    inSelectors: includeSelectors,
    inTemplates: includeTemplates,
  }));
  if (commonLabels !== undefined) plans.push({ pairs: commonLabels, inSelectors: true, inTemplates: true });
  for (const plan of plans) all = all.map((resource) => withLabels(resource, plan));
  if (commonLabels !== undefined)
    all = all.map((resource) => changedWhere(resource, configuration.commonLabels, mergeInto(commonLabels)));
  if (commonAnnotations === undefined) return all;
  const noted = mergeInto(commonAnnotations);
  return all.map((resource) =>
    changedWhere(withAnnotations(resource, commonAnnotations), configuration.commonAnnotations, noted),
  );
}

function withLabels(resource: Resource, { pairs, inSelectors, inTemplates }: LabelPlan): Resource {
  const kind = kindOf(resource);
  const add = mergeInto(pairs);
  const made = [
    'metadata/labels',
    ...(inSelectors || inTemplates ? (TEMPLATES[kind] ?? []) : []),
    ...(inSelectors ? (MADE[kind] ?? []) : []),
  ];
  const labelled = withChanges(resource, made, add, true);
  return inSelectors ? withChanges(labelled, FOUND[kind] ?? [], add) : labelled;
}

const NOTE = 'spec/template/metadata/annotations';

function withAnnotations(resource: Resource, pairs: Readonly<Record<string, string>>): Resource {
  const kind = kindOf(resource);
  const templates = Object.hasOwn(TEMPLATES, kind)
    ? kind === 'CronJob'
      ? ['spec/jobTemplate/metadata/annotations', 'spec/jobTemplate/spec/template/metadata/annotations']
      : [NOTE]
    : [];
  return withChanges(resource, ['metadata/annotations', ...templates], mergeInto(pairs), true);
}

function mergeInto(pairs: Readonly<Record<string, string>>): (at: Json | undefined) => Json {
  return (at) => ({ ...(isObject(at) ? (at as JsonObject) : {}), ...pairs });
}
