import { quoteGo } from '../../../../objects/go-json.ts';
import type {
  CoreEvent,
  HorizontalPodAutoscaler,
  HPAScalingRules,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
} from '../../../../objects/kubernetes.ts';
import type { PrintContext } from '../print-context.ts';
import { describeEvents } from './describe-events.ts';
import {
  alignDescription,
  annotationLines,
  field,
  indented,
  type Lines,
  labelLines,
  timeText,
} from './description.ts';

const UNKNOWN = '<unknown>';

/** Mirrors kubectl: describe.go describeHorizontalPodAutoscalerV2. */
export function describeHorizontalPodAutoscaler(
  { metadata, spec, status }: HorizontalPodAutoscaler,
  events: readonly CoreEvent[] | undefined,
  context: PrintContext,
): string {
  const { kind, name } = spec.scaleTargetRef;
  const { summary, table } = describeEvents(events, context);
  const metrics = (spec.metrics ?? []).map((metric, index) =>
    metricText(metric, status?.currentMetrics?.[index]),
  );
  const conditions = (status?.conditions ?? []).map(
    ({ type, status: value, reason = '', message = '' }) => `${type}\t${value}\t${reason}\t${message}`,
  );
  const lines = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    field('CreationTimestamp', timeText(metadata.creationTimestamp)),
    field('Reference', `${kind}/${name}`),
    field('Metrics', '( current / target )'),
    ...indented(1, metrics),
    field('Min replicas', spec.minReplicas ?? '<unset>'),
    field('Max replicas', spec.maxReplicas),
    ...(spec.behavior === undefined
      ? []
      : [
          'Behavior:',
          ...directionLines('Scale Up', spec.behavior.scaleUp),
          ...directionLines('Scale Down', spec.behavior.scaleDown),
        ]),
    field(
      `${kind} pods`,
      `${status?.currentReplicas ?? 0} current / ${status?.desiredReplicas ?? 0} desired`,
    ),
    ...(conditions.length === 0
      ? []
      : [
          'Conditions:',
          ...indented(1, ['Type\tStatus\tReason\tMessage', '----\t------\t------\t-------', ...conditions]),
        ]),
    ...summary,
  ];
  return alignDescription(lines, table);
}

function metricText(metric: MetricSpec, status: MetricStatus | undefined): string {
  const { external, pods, object, resource, containerResource } = metric;
  switch (metric.type) {
    case 'External': {
      const isAverage = external?.target.averageValue !== undefined;
      const title = `${quoteGo(external?.metric.name ?? '')} (target ${isAverage ? 'average ' : ''}value)`;
      return field(title, valueText(external?.target, status?.external?.current, isAverage));
    }
    case 'Pods':
      return field(
        `${quoteGo(pods?.metric.name ?? '')} on pods`,
        valueText(pods?.target, status?.pods?.current, true),
      );
    case 'Object': {
      const isAverage = object?.target.type === 'AverageValue';
      const on = `${object?.describedObject.kind}/${object?.describedObject.name}`;
      const title = `"${object?.metric.name}" on ${on} (target ${isAverage ? 'average ' : ''}value)`;
      return field(title, valueText(object?.target, status?.object?.current, isAverage));
    }
    case 'Resource':
      return resourceText(`resource ${resource?.name} on pods`, resource?.target, status?.resource?.current);
    case 'ContainerResource':
      return resourceText(
        `resource ${containerResource?.name} of container "${containerResource?.container}" on pods`,
        containerResource?.target,
        status?.containerResource?.current,
      );
    default:
      return `<unknown metric type ${quoteGo(metric.type)}>`;
  }
}

function valueText(
  target: MetricTarget | undefined,
  current: MetricValueStatus | undefined,
  isAverage: boolean,
): string {
  const key = isAverage ? 'averageValue' : 'value';
  return `${current?.[key] ?? UNKNOWN} / ${target?.[key] ?? ''}`;
}

function resourceText(
  subject: string,
  target: MetricTarget | undefined,
  current: MetricValueStatus | undefined,
): string {
  if (target?.averageValue !== undefined) return field(subject, valueText(target, current, true));
  const utilization = current?.averageUtilization;
  const now = utilization === undefined ? UNKNOWN : `${utilization}% (${current?.averageValue ?? '0'})`;
  const wanted = target?.averageUtilization === undefined ? '<auto>' : `${target.averageUtilization}%`;
  // kubectl indents the second half of the line once more.
  return field(`${subject}  (as a percentage of request)`, `${now} / ${wanted}`);
}

function directionLines(title: string, rules: HPAScalingRules | undefined): Lines {
  if (rules === undefined) return [];
  const { stabilizationWindowSeconds, policies = [], selectPolicy = 'Max' } = rules;
  const policyLines = policies.map(
    ({ type, value, periodSeconds }) => `- Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds`,
  );
  return [
    `  ${title}:`,
    ...indented(2, [
      ...(stabilizationWindowSeconds === undefined
        ? []
        : [`Stabilization Window: ${stabilizationWindowSeconds} seconds`]),
      ...(policies.length === 0
        ? []
        : [`Select Policy: ${selectPolicy}`, 'Policies:', ...indented(1, policyLines)]),
    ]),
  ];
}
