import { isObject } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { formerMetric, formerReading, type Metric, metricOfFormer } from './former-metrics.ts';

/** What of autoscaling/v1 is said otherwise today. */
interface FormerSpec {
  readonly targetCPUUtilizationPercentage?: number;
  readonly metrics?: readonly Metric[];
  readonly behavior?: object;
}

interface FormerStatus {
  readonly currentMetrics?: readonly Metric[] | null;
  readonly conditions?: readonly object[] | null;
}

/** Where the first version says what it has no fields for (pkg/apis/autoscaling/annotations.go). */
const NOTES = {
  metrics: 'autoscaling.alpha.kubernetes.io/metrics',
  current: 'autoscaling.alpha.kubernetes.io/current-metrics',
  conditions: 'autoscaling.alpha.kubernetes.io/conditions',
  behavior: 'autoscaling.alpha.kubernetes.io/behavior',
} as const;

/**
 * An autoscaler of the first version knew one metric (pkg/apis/autoscaling/v1/conversion.go). What it says of
 * its status it says to nobody.
 */
export function autoscalerAsStored(object: KubeObject): KubeObject {
  const isFirst = object.apiVersion === 'autoscaling/v1';
  const {
    spec,
    status: former,
    ...rest
  } = (isFirst ? fromNotes(object) : object) as KubeObject & {
    spec?: FormerSpec;
    status?: object;
  };
  const status = isFirst || former === undefined ? {} : { status: former };
  if (spec?.targetCPUUtilizationPercentage === undefined)
    return { ...rest, ...(spec && { spec }), ...status };
  const { targetCPUUtilizationPercentage: averageUtilization, metrics = [], ...others } = spec;
  const own = {
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
  };
  const full = { ...others, metrics: [...metrics.filter((each) => !isOfCpu(each)), own] };
  return { ...rest, ...{ spec: full }, ...status };
}

/** The same as the first version shows it. */
export function autoscalerAsFirst(object: KubeObject): KubeObject {
  const {
    spec = {},
    status,
    metadata,
    ...rest
  } = object as KubeObject & {
    spec?: FormerSpec;
    status?: FormerStatus;
  };
  const { metrics = [], behavior, ...kept } = spec;
  const cpu = metrics.find(
    (each) => isOfCpu(each) && each.resource?.target?.averageUtilization !== undefined,
  );
  const { currentMetrics, conditions, ...shown } = status ?? {};
  const reading = (currentMetrics ?? []).find(isOfCpu)?.resource?.current?.averageUtilization;
  const notes = {
    ...noteOf(NOTES.metrics, metrics.filter((each) => each !== cpu).map(formerMetric)),
    ...noteOf(NOTES.current, (currentMetrics ?? []).map(formerReading)),
    ...noteOf(NOTES.conditions, conditions ?? []),
    ...(behavior && { [NOTES.behavior]: JSON.stringify(behavior) }),
  };
  const target = cpu?.resource?.target?.averageUtilization;
  const annotations = { ...metadata.annotations, ...notes };
  return {
    ...rest,
    apiVersion: 'autoscaling/v1',
    metadata: { ...metadata, ...(Object.keys(annotations).length > 0 && { annotations }) },
    spec: { ...kept, ...(target !== undefined && { targetCPUUtilizationPercentage: target }) },
    status: { ...shown, ...(reading !== undefined && { currentCPUUtilizationPercentage: reading }) },
  } as KubeObject;
}

function noteOf(name: string, values: readonly object[]): Readonly<Record<string, string>> {
  return values.length === 0 ? {} : { [name]: JSON.stringify(values) };
}

/** What stands in annotations becomes fields again, and does not stay where it was. */
function fromNotes(object: KubeObject): KubeObject {
  const { annotations: all } = object.metadata;
  if (!all || !Object.values(NOTES).some((name) => Object.hasOwn(all, name))) return object;
  const { spec = {} } = object as KubeObject & { spec?: FormerSpec };
  const metrics = parsed(all[NOTES.metrics]);
  const behavior = parsed(all[NOTES.behavior]);
  const own = Array.isArray(metrics) ? metrics.filter(isObject).map((each) => metricOfFormer(each)) : [];
  const names: readonly string[] = Object.values(NOTES);
  const left = Object.entries(all).filter(([name]) => !names.includes(name));
  const { annotations: _, ...metadata } = object.metadata;
  return {
    ...object,
    metadata: { ...metadata, ...(left.length > 0 && { annotations: Object.fromEntries(left) }) },
    spec: {
      ...spec,
      ...(own.length > 0 && { metrics: own }),
      ...(isObject(behavior) && { behavior }),
    },
  } as KubeObject;
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isOfCpu({ type, resource }: Metric): boolean {
  return type === 'Resource' && resource?.name === 'cpu';
}
