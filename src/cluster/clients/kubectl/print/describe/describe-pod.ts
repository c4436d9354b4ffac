import { compareText } from '../../../../objects/json.ts';
import type {
  CoreEvent,
  Pod,
  PodSchedulingGroup,
  TopologySpreadConstraint,
} from '../../../../objects/kubernetes.ts';
import { controllerOf } from '../../../../objects/owner-references.ts';
import { qosClassOf } from '../../../../objects/qos-class.ts';
import { ageOf } from '../age.ts';
import { formatSelector } from '../label-text.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { describeContainers, resourceLines } from './describe-containers.ts';
import { fieldResolver } from './describe-environment.ts';
import { describeEvents } from './describe-events.ts';
import { describeVolumes } from './describe-volumes.ts';
import {
  alignDescription,
  annotationLines,
  field,
  indented,
  type Lines,
  labelLines,
  multiline,
  timeText,
  tolerationLines,
} from './description.ts';

/** Mirrors kubectl: describe.go describePod. */
export function describePod(
  pod: Pod,
  events: readonly CoreEvent[] | undefined,
  context: PrintContext,
): string {
  const { summary, table } = describeEvents(events, context);
  const lines = [
    ...identityLines(pod, context),
    ...statusLines(pod, context),
    ...addressLines(pod, context),
    ...containerLines(pod, context),
    ...conditionLines(pod),
    ...describeVolumes(pod.spec.volumes ?? [], '', context),
    field('QoS Class', pod.status?.qosClass || qosClassOf(pod)),
    ...labelLines('Node-Selectors', pod.spec.nodeSelector),
    ...tolerationLines('Tolerations', pod.spec.tolerations),
    ...spreadLines(pod.spec.topologySpreadConstraints, '', context),
    ...schedulingGroupLines(pod.spec.schedulingGroup, '', context),
    ...summary,
  ];
  return alignDescription(lines, table);
}

function identityLines({ metadata, spec, status }: Pod, { version }: PrintContext): Lines {
  const knowsClasses = printsSince(version, 'podServiceAccount');
  return [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    ...(spec.priority === undefined ? [] : [field('Priority', spec.priority)]),
    ...(spec.priorityClassName ? [field('Priority Class Name', spec.priorityClassName)] : []),
    ...(spec.runtimeClassName && knowsClasses ? [field('Runtime Class Name', spec.runtimeClassName)] : []),
    ...(spec.serviceAccountName && knowsClasses ? [field('Service Account', spec.serviceAccountName)] : []),
    field('Node', spec.nodeName ? `${spec.nodeName}/${status?.hostIP ?? ''}` : '<none>'),
    ...(status?.startTime ? [field('Start Time', timeText(status.startTime))] : []),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
  ];
}

function statusLines({ metadata, spec, status }: Pod, { now, version }: PrintContext): Lines {
  const phase = status?.phase ?? '';
  const isOver = phase === 'Failed' || phase === 'Succeeded';
  const isTerminating =
    metadata.deletionTimestamp !== undefined &&
    !(isOver && printsSince(version, 'terminalPhaseBeatsTerminating'));
  const profile = printsSince(version, 'seccompProfile') ? spec.securityContext?.seccompProfile : undefined;
  return [
    ...(isTerminating
      ? [
          field('Status', `Terminating (lasts ${ageOf(metadata.deletionTimestamp, now)})`),
          field('Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`),
        ]
      : [field('Status', phase)]),
    ...(status?.reason ? [field('Reason', status.reason)] : []),
    ...(status?.message ? [field('Message', status.message)] : []),
    ...(profile ? [field('SeccompProfile', profile.type)] : []),
    ...(profile?.type === 'Localhost' ? [field('LocalhostProfile', profile.localhostProfile)] : []),
  ];
}

function addressLines(pod: Pod, { version }: PrintContext): Lines {
  const { spec, status } = pod;
  const addresses = (status?.podIPs ?? []).map(({ ip }) => field('IP', ip));
  const owner = controllerOf(pod);
  const ownResources = printsSince(version, 'podResources') ? spec.resources : undefined;
  return [
    field('IP', status?.podIP),
    ...(addresses.length === 0 ? ['IPs:\t<none>'] : ['IPs:', ...indented(1, addresses)]),
    ...(owner ? [field('Controlled By', `${owner.kind}/${owner.name}`)] : []),
    ...(status?.nominatedNodeName ? [field('NominatedNodeName', status.nominatedNodeName)] : []),
    ...(ownResources ? ['Resources:', ...indented(1, resourceLines(ownResources))] : []),
  ];
}

function containerLines({ metadata, spec, status = {} }: Pod, context: PrintContext): Lines {
  const { initContainers = [], ephemeralContainers = [] } = spec;
  const groups = [
    { title: 'Init Containers', containers: initContainers, statuses: status.initContainerStatuses },
    { title: 'Containers', containers: spec.containers, statuses: status.containerStatuses },
    {
      title: 'Ephemeral Containers',
      containers: ephemeralContainers,
      statuses: status.ephemeralContainerStatuses,
    },
  ];
  return groups
    .filter(({ title, containers }) => title === 'Containers' || containers.length > 0)
    .flatMap(({ title, containers, statuses = [] }) =>
      describeContainers({ title, containers, statuses, resolveField: fieldResolver(metadata) }, context),
    );
}

function conditionLines({ spec, status }: Pod): Lines {
  const conditions = status?.conditions ?? [];
  const statusOf = (wanted: string) => conditions.find(({ type }) => type === wanted)?.status ?? '<none>';
  const table = (title: string, rows: Lines) =>
    rows.length === 0 ? [] : [`${title}:`, ...indented(1, ['Type\tStatus', ...rows])];
  const gates = (spec.readinessGates ?? []).map(({ conditionType }) => conditionType);
  return [
    ...table(
      'Readiness Gates',
      gates.map((gate) => `${gate} \t${statusOf(gate)} `),
    ),
    ...table(
      'Conditions',
      conditions.map((condition) => `${condition.type} \t${condition.status} `),
    ),
  ];
}

/** Mirrors kubectl: describe.go describeTopologySpreadConstraints. */
export function spreadLines(
  constraints: readonly TopologySpreadConstraint[] | undefined,
  indent: string,
  { version }: PrintContext,
): Lines {
  if (!constraints?.length || !printsSince(version, 'podServiceAccount')) return [];
  const sorted = [...constraints].sort((a, b) => compareText(a.topologyKey, b.topologyKey));
  const texts = sorted.map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) => {
    const selector = labelSelector ? ` for selector ${formatSelector(labelSelector)}` : '';
    return `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selector}`;
  });
  return multiline('Topology Spread Constraints', texts, indent);
}

/** Mirrors kubectl: describe.go describeSchedulingGroup. */
export function schedulingGroupLines(
  group: PodSchedulingGroup | undefined,
  indent: string,
  { version }: PrintContext,
): Lines {
  if (!group || !printsSince(version, 'schedulingGroup')) return [];
  return [`${indent}SchedulingGroup:`, `  ${field('PodGroupName', group.podGroupName)}`];
}
