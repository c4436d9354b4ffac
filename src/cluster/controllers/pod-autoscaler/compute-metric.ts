import type { Doing } from '../../contract/doing.ts';
import type {
  ContainerResourceMetricSource,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
  ResourceMetricSource,
} from '../../objects/kubernetes.ts';
import { amountOfMilli, formatQuantity, milliValue } from '../../objects/quantity.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { askMetrics } from './ask-metrics.ts';
import { type AutoscalerLook, tell } from './autoscaler-look.ts';
import type { Computed, Computing } from './computed.ts';
import { givenMetric } from './given-metrics.ts';
import { otherMetric } from './other-metrics.ts';
import { requestsOf } from './pod-requests.ts';
import { replicasByAverage, replicasByUtilization } from './replica-count.ts';
import { sortPods } from './sort-pods.ts';

/** kubernetes: podautoscaler/horizontal.go; the error of all metrics together named the metric later. */
const NAMES_METRIC: Since<boolean> = [
  [0, false],
  [27, true],
];

/** horizontal.go computeReplicasForMetric. What cannot be computed is told at once. */
export function* computeMetric(computing: Computing, spec: MetricSpec): Doing<Computed> {
  const computed = yield* computeAny(computing, spec);
  if ('problem' in computed) {
    const { reason, problem: message } = computed;
    yield* tell(computing.look, 'Warning', { reason, message });
  }
  return computed;
}

function* computeAny(computing: Computing, spec: MetricSpec): Doing<Computed> {
  const { resource, containerResource } = spec;
  if (spec.type === 'Resource' && resource) return yield* computeResource(computing, resource);
  if (spec.type === 'ContainerResource' && containerResource)
    return yield* computeResource(computing, containerResource);
  return givenMetric(computing, spec) ?? otherMetric(computing, spec);
}

function* computeResource(
  computing: Computing,
  source: ResourceMetricSource | ContainerResourceMetricSource,
): Doing<Computed> {
  const { version } = computing.look.view.settings;
  const { name, target } = source;
  const container = 'container' in source ? source.container : undefined;
  const result = yield* valueOfResource(computing, { name, target, ...(container && { container }) });
  if ('problem' in result) {
    const kind = target.averageValue === undefined ? 'utilization' : 'usage';
    const problem = `failed to get ${name} ${kind}: ${result.problem}`;
    const named =
      container === undefined ? `${name} resource metric value` : `${container} container metric value`;
    return {
      reason: container === undefined ? 'FailedGetResourceMetric' : 'FailedGetContainerResourceMetric',
      problem,
      inSum: inVersion(NAMES_METRIC, version) ? `failed to get ${named}: ${problem}` : problem,
    };
  }
  const { replicas, current } = result;
  const of = container === undefined ? '' : 'container ';
  const metric =
    target.averageValue === undefined
      ? `${name} ${of}resource utilization (percentage of request)`
      : `${name} resource`;
  const status: MetricStatus =
    container === undefined
      ? { type: 'Resource', resource: { name, current } }
      : { type: 'ContainerResource', containerResource: { name, container, current } };
  return { replicas, metric, status };
}

interface Wanted {
  readonly name: string;
  readonly target: MetricTarget;
  readonly container?: string;
}

type Valued =
  | { readonly replicas: number; readonly current: MetricValueStatus }
  | { readonly problem: string };

function* valueOfResource(
  { look, target: scaled, tolerances }: Computing,
  { name, target, container }: Wanted,
): Doing<Valued> {
  const { view, now } = look;
  const { version, epochMs } = view.settings;
  const asked = { resource: name, ...(container !== undefined && { container }) };
  const answer = yield* askMetrics(look, scaled, asked);
  if ('problem' in answer)
    return { problem: `unable to get metrics for resource ${name}: ${answer.problem}` };
  const { pods, scale } = scaled;
  if (pods.length === 0) return { problem: 'no pods returned by selector while calculating replica count' };
  const sorted = sortPods(pods, answer.metrics, { resource: name, epochNow: epochMs + now });
  if (sorted.counted.size === 0)
    return { problem: 'did not receive metrics for targeted pods (pods might be unready)' };
  const given = { current: scale.spec?.replicas ?? 0, tolerances, sorted };
  const quantity = (milli: number): string => quantityOf(look, name, milli);
  if (target.averageValue !== undefined) {
    const { replicas, average } = replicasByAverage(given, milliValue(target.averageValue));
    return { replicas, current: { averageValue: quantity(average) } };
  }
  const asking = requestsOf(pods, { ...asked, version });
  if ('problem' in asking) return asking;
  const { requests } = asking;
  const known = new Map([...sorted.counted].filter(([pod]) => requests.has(pod)));
  if (![...known.keys()].some((pod) => (requests.get(pod) ?? 0) > 0))
    return { problem: 'no metrics returned matched known pods' };
  const {
    replicas,
    utilization = 0,
    average,
  } = replicasByUtilization(
    { ...given, sorted: { ...sorted, counted: known } },
    { requests, target: target.averageUtilization ?? 0 },
  );
  return {
    replicas,
    current: { averageUtilization: utilization, averageValue: quantity(average) },
  };
}

/** kubernetes: horizontal.go buildQuantity. */
const MEMORY_IN_POWERS: Since<boolean> = [
  [0, false],
  [35, true],
];

function quantityOf({ view }: AutoscalerLook, resource: string, milli: number): string {
  const isBinary = resource === 'memory' && inVersion(MEMORY_IN_POWERS, view.settings.version);
  return formatQuantity(amountOfMilli(milli, isBinary ? 'BinarySI' : 'DecimalSI'));
}
