import type {
  HorizontalPodAutoscaler,
  MetricSpec,
  MetricStatus,
  MetricTarget,
} from '../../../../objects/kubernetes.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import type { Column } from '../table/column.ts';
import { ageColumn, listWithMore, nameColumn } from './common-columns.ts';

/** Mirrors kube-apiserver: printers/internalversion/printers.go printHorizontalPodAutoscaler. */
export const horizontalPodAutoscalerColumns: readonly Column<HorizontalPodAutoscaler>[] = [
  nameColumn,
  { name: 'Reference', cell: ({ spec }) => `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}` },
  { name: 'Targets', cell: targets },
  { name: 'MinPods', cell: ({ spec }) => `${spec.minReplicas ?? '<unset>'}` },
  { name: 'MaxPods', cell: ({ spec }) => spec.maxReplicas },
  { name: 'Replicas', cell: ({ status }) => status?.currentReplicas ?? 0 },
  ageColumn,
];

const UNKNOWN = '<unknown>';

function targets({ spec, status }: HorizontalPodAutoscaler, context: PrintContext): string {
  const metrics = spec.metrics ?? [];
  if (metrics.length === 0) return '<none>';
  const texts = metrics.map((metric, index) => targetText(metric, status?.currentMetrics?.[index], context));
  return listWithMore(texts, 2, ', ');
}

function targetText(metric: MetricSpec, status: MetricStatus | undefined, context: PrintContext): string {
  switch (metric.type) {
    case 'External':
      return averagedTarget(metric.external?.target, status?.external?.current);
    case 'Object':
      return averagedTarget(metric.object?.target, status?.object?.current);
    case 'Pods':
      return `${status?.pods?.current.averageValue ?? UNKNOWN}/${metric.pods?.target.averageValue}`;
    case 'Resource':
      return resourceTarget(metric.resource, status?.resource?.current, context);
    case 'ContainerResource':
      return resourceTarget(metric.containerResource, status?.containerResource?.current, context);
    default:
      return '<unknown type>';
  }
}

type Current = { averageUtilization?: number; averageValue?: string; value?: string } | undefined;

function averagedTarget(target: MetricTarget | undefined, current: Current): string {
  return target?.averageValue === undefined
    ? `${current?.value ?? UNKNOWN}/${target?.value}`
    : `${current?.averageValue ?? UNKNOWN}/${target.averageValue} (avg)`;
}

/** `cpu: 12%/50%`. */
function resourceTarget(
  metric: { name: string; target: MetricTarget } | undefined,
  current: Current,
  { version }: PrintContext,
): string {
  const name = printsSince(version, 'namedResourceTarget') ? `${metric?.name}: ` : '';
  if (metric?.target.averageValue !== undefined) {
    return `${name}${current?.averageValue ?? UNKNOWN}/${metric.target.averageValue}`;
  }
  const percent = (value: number | undefined, unset: string) => (value === undefined ? unset : `${value}%`);
  const wanted = percent(metric?.target.averageUtilization, '<auto>');
  return `${name}${percent(current?.averageUtilization, UNKNOWN)}/${wanted}`;
}
