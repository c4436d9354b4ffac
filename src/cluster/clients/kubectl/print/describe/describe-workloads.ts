import type { KubeObject } from '../../../../objects/kube-object.ts';
import type {
  CoreEvent,
  DaemonSet,
  Deployment,
  PersistentVolumeClaim,
  Pod,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../../../../objects/kubernetes.ts';
import { controllerOf, isControlledBy } from '../../../../objects/owner-references.ts';
import { storageClassOf } from '../columns/storage-columns.ts';
import { formatLabels, formatSelector, selectorText } from '../label-text.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { describeEvents } from './describe-events.ts';
import { templateLines } from './describe-template.ts';
import {
  alignDescription,
  annotationLines,
  field,
  indented,
  type Lines,
  labelLines,
  timeText,
} from './description.ts';

// Mirrors kubectl: describe.go describeDeployment, describeReplicaSet, …

/** What describing a workload reads besides it. */
export interface WorkloadSurroundings {
  readonly events: readonly CoreEvent[] | undefined;
  /** In the workload's namespace, selected by it; those of other owners are not counted. */
  readonly pods: readonly Pod[];
}

/** What describing a Deployment reads besides it. */
export interface DeploymentSurroundings {
  readonly events: readonly CoreEvent[] | undefined;
  /** Those that no longer have the Deployment's template, in the order of their creation. */
  readonly oldReplicaSets: readonly ReplicaSet[];
  readonly newReplicaSet?: ReplicaSet;
}

export function describeDeployment(
  deployment: Deployment,
  around: DeploymentSurroundings,
  context: PrintContext,
): string {
  const { metadata, spec, status = {} } = deployment;
  const { summary, table } = describeEvents(around.events, context);
  const counts = [
    `${spec?.replicas ?? 0} desired`,
    `${status.updatedReplicas ?? 0} updated`,
    `${status.replicas ?? 0} total`,
    `${status.availableReplicas ?? 0} available`,
    `${status.unavailableReplicas ?? 0} unavailable`,
  ];
  const rolling = spec?.strategy?.rollingUpdate;
  const lines = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    field('CreationTimestamp', timeText(metadata.creationTimestamp)),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    field('Selector', selectorText(spec?.selector)),
    field('Replicas', counts.join(' | ')),
    field('StrategyType', spec?.strategy?.type),
    field('MinReadySeconds', spec?.minReadySeconds ?? 0),
    ...(rolling
      ? [
          field(
            'RollingUpdateStrategy',
            `${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`,
          ),
        ]
      : []),
    ...templateLines(spec?.template, context),
    ...conditionTable(status.conditions),
    ...replicaSetLines(around),
    ...summary,
  ];
  return alignDescription(lines, table);
}

function replicaSetLines({ oldReplicaSets, newReplicaSet }: DeploymentSurroundings): Lines {
  if (oldReplicaSets.length === 0 && newReplicaSet === undefined) return [];
  const text = ({ metadata, spec, status }: ReplicaSet) =>
    `${metadata.name} (${status?.replicas ?? 0}/${spec?.replicas ?? 0} replicas created)`;
  return [
    field('OldReplicaSets', oldReplicaSets.map(text).join(', ') || '<none>'),
    field('NewReplicaSet', newReplicaSet ? text(newReplicaSet) : '<none>'),
  ];
}

export function describeReplicaSet(
  replicaSet: ReplicaSet,
  around: WorkloadSurroundings,
  context: PrintContext,
): string {
  const { metadata, spec, status } = replicaSet;
  const { summary, table } = describeEvents(around.events, context);
  const owner = controllerOf(replicaSet);
  const lines = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    field('Selector', formatSelector(spec?.selector)),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    ...(owner ? [field('Controlled By', `${owner.kind}/${owner.name}`)] : []),
    field('Replicas', `${status?.replicas ?? 0} current / ${spec?.replicas ?? 0} desired`),
    podsStatusLine(replicaSet, around.pods),
    ...templateLines(spec?.template, context),
    ...conditionTable(status?.conditions),
    ...summary,
  ];
  return alignDescription(lines, table);
}

export function describeReplicationController(
  controller: ReplicationController,
  around: WorkloadSurroundings,
  context: PrintContext,
): string {
  const { metadata, spec, status } = controller;
  const { summary, table } = describeEvents(around.events, context);
  const lines = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    field('Selector', formatLabels(spec?.selector)),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    field('Replicas', `${status?.replicas ?? 0} current / ${spec?.replicas ?? 0} desired`),
    podsStatusLine(controller, around.pods),
    ...templateLines(spec?.template, context),
    ...conditionTable(status?.conditions),
    ...summary,
  ];
  return alignDescription(lines, table);
}

export function describeDaemonSet(
  daemonSet: DaemonSet,
  around: WorkloadSurroundings,
  context: PrintContext,
): string {
  const { metadata, spec, status } = daemonSet;
  const { summary, table } = describeEvents(around.events, context);
  const lines = [
    field('Name', metadata.name),
    ...(printsSince(context.version, 'daemonSetNamespace') ? [field('Namespace', metadata.namespace)] : []),
    field('Selector', selectorText(spec?.selector)),
    field('Node-Selector', formatLabels(spec?.template.spec?.nodeSelector)),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `Desired Number of Nodes Scheduled: ${status?.desiredNumberScheduled ?? 0}`,
    `Current Number of Nodes Scheduled: ${status?.currentNumberScheduled ?? 0}`,
    `Number of Nodes Scheduled with Up-to-date Pods: ${status?.updatedNumberScheduled ?? 0}`,
    `Number of Nodes Scheduled with Available Pods: ${status?.numberAvailable ?? 0}`,
    `Number of Nodes Misscheduled: ${status?.numberMisscheduled ?? 0}`,
    podsStatusLine(daemonSet, around.pods),
    ...templateLines(spec?.template, context),
    ...summary,
  ];
  return alignDescription(lines, table);
}

export function describeStatefulSet(
  statefulSet: StatefulSet,
  around: WorkloadSurroundings,
  context: PrintContext,
): string {
  const { metadata, spec, status } = statefulSet;
  const { summary, table } = describeEvents(around.events, context);
  const { partition, maxUnavailable } = spec?.updateStrategy?.rollingUpdate ?? {};
  const showsMax = maxUnavailable !== undefined && printsSince(context.version, 'maxUnavailable');
  const lines = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    field('CreationTimestamp', timeText(metadata.creationTimestamp)),
    field('Selector', selectorText(spec?.selector)),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    field('Replicas', `${spec?.replicas ?? 0} desired | ${status?.replicas ?? 0} total`),
    field('Update Strategy', spec?.updateStrategy?.type),
    ...(partition === undefined ? [] : [`  ${field('Partition', partition)}`]),
    ...(partition !== undefined && showsMax ? [`  ${field('MaxUnavailable', maxUnavailable)}`] : []),
    podsStatusLine(statefulSet, around.pods),
    ...templateLines(spec?.template, context),
    ...claimTemplateLines(spec?.volumeClaimTemplates ?? []),
    ...summary,
  ];
  return alignDescription(lines, table);
}

/** `Pods Status:  3 Running / 0 Waiting / 0 Succeeded / 0 Failed`, of the pods that the owner controls. */
function podsStatusLine(owner: KubeObject, pods: readonly Pod[]): string {
  const own = pods.filter((pod) => isControlledBy(pod, owner));
  const count = (phase: string) => own.filter(({ status }) => status?.phase === phase).length;
  const running = `${count('Running')} Running / ${count('Pending')} Waiting`;
  return field('Pods Status', `${running} / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`);
}

type Condition = { readonly type: string; readonly status: string; readonly reason?: string };

function conditionTable(conditions: readonly Condition[] = []): Lines {
  if (conditions.length === 0) return [];
  const rows = conditions.map(({ type, status, reason = '' }) => `${type} \t${status}\t${reason}`);
  return ['Conditions:', ...indented(1, ['Type\tStatus\tReason', '----\t------\t------', ...rows])];
}

function claimTemplateLines(templates: readonly PersistentVolumeClaim[]): Lines {
  if (templates.length === 0) return ['Volume Claims:\t<none>'];
  return ['Volume Claims:', ...templates.flatMap(claimTemplate)];
}

function claimTemplate(claim: PersistentVolumeClaim): Lines {
  const { metadata, spec } = claim;
  return [
    `  ${field('Name', metadata.name)}`,
    `  ${field('StorageClass', storageClassOf(claim))}`,
    ...labelLines('Labels', metadata.labels, '  '),
    ...labelLines('Annotations', metadata.annotations, '  '),
    `  ${field('Capacity', spec?.resources?.requests?.['storage'] ?? '<default>')}`,
    `  ${field('Access Modes', `[${(spec?.accessModes ?? []).join(' ')}]`)}`,
  ];
}
