import { type GivenMetric, givenAt } from '../../contract/given-metric.ts';
import { findCondition } from '../../objects/conditions.ts';
import type {
  MetricIdentifier,
  MetricSpec,
  MetricTarget,
  MetricValueStatus,
} from '../../objects/kubernetes.ts';
import { amountOfMilli, formatQuantity, milliValue } from '../../objects/quantity.ts';
import type { Computed, Computing } from './computed.ts';
import { selectorText } from './other-metrics.ts';
import { type PodMetric, replicasByAverage, replicasByRatio, replicasByShare } from './replica-count.ts';
import { sortPods } from './sort-pods.ts';

/** What a metric asks for of which the scenario says what it is worth; undefined for any other. */
export function givenMetric(computing: Computing, spec: MetricSpec): Computed | undefined {
  const { view, now } = computing.look;
  const identifier = spec.pods?.metric ?? spec.object?.metric ?? spec.external?.metric;
  const given = identifier && view.settings.metrics?.[identifier.name];
  const milli = given && givenAt(given, now);
  if (!given || milli === undefined || !identifier) return undefined;
  const { pods, object, external } = spec;
  if (pods) return ofPods(computing, { identifier, target: pods.target, milli, given });
  const target = object?.target ?? external?.target;
  if (!target) return undefined;
  const { replicas, current } = ofOne(computing, target, milli);
  const described = `external metric ${identifier.name}(${selectorText(identifier.selector)})`;
  if (external)
    return {
      replicas,
      metric: described,
      status: { type: 'External', external: { metric: identifier, current } },
    };
  if (!object) return undefined;
  const { describedObject } = object;
  return {
    replicas,
    // horizontal.go says the same of an average as of an external metric.
    metric:
      target.averageValue === undefined ? `${describedObject.kind} metric ${identifier.name}` : described,
    status: { type: 'Object', object: { metric: identifier, current, describedObject } },
  };
}

const quantity = (milli: number): string => formatQuantity(amountOfMilli(milli, 'DecimalSI'));

interface Share {
  readonly replicas: number;
  readonly current: MetricValueStatus;
}

/** GetExternalMetricReplicas, GetObjectMetricReplicas, and what they say for each pod. */
function ofOne({ target: scaled, tolerances }: Computing, target: MetricTarget, milli: number): Share {
  const { pods, scale } = scaled;
  if (target.averageValue !== undefined) {
    const reported = scale.status?.replicas ?? 0;
    const wanted = milliValue(target.averageValue);
    const { replicas, average } = replicasByShare(milli, { reported, target: wanted, tolerances });
    return { replicas, current: { averageValue: quantity(average) } };
  }
  const readyCount = pods.filter(
    ({ status }) =>
      status?.phase === 'Running' && findCondition(status.conditions, 'Ready')?.status === 'True',
  ).length;
  const ratio = milli / milliValue(target.value ?? '0');
  const replicas = replicasByRatio(ratio, { current: scale.spec?.replicas ?? 0, readyCount, tolerances });
  return { replicas, current: { value: quantity(milli) } };
}

interface OfPods {
  readonly identifier: MetricIdentifier;
  readonly target: MetricTarget;
  readonly milli: number;
  readonly given: GivenMetric;
}

/** What custom metrics servers tell is from the last minute. */
const WINDOW_MS = 60_000;

/** GetMetricReplicas */
function ofPods(
  { look, target: scaled, tolerances }: Computing,
  { identifier, target, milli, given }: OfPods,
): Computed {
  const epochNow = look.view.settings.epochMs + look.now;
  const running = scaled.pods.filter(({ status }) => status?.phase === 'Running');
  const value = given.shared && running.length > 0 ? Math.round(milli / running.length) : milli;
  const metrics = new Map(
    running.map(({ metadata }): readonly [string, PodMetric] => [
      metadata.name ?? '',
      { value, measuredAt: epochNow, windowMs: WINDOW_MS },
    ]),
  );
  const sorted = sortPods(scaled.pods, metrics, { resource: '', epochNow });
  if (sorted.counted.size === 0) {
    const problem = 'did not receive metrics for targeted pods (pods might be unready)';
    return { reason: 'FailedGetPodsMetric', problem, inSum: `failed to get pods metric value: ${problem}` };
  }
  const counted = { current: scaled.scale.spec?.replicas ?? 0, tolerances, sorted };
  const { replicas, average } = replicasByAverage(counted, milliValue(target.averageValue ?? '0'));
  const current = { averageValue: quantity(average) };
  return {
    replicas,
    metric: `pods metric ${identifier.name}`,
    status: { type: 'Pods', pods: { metric: identifier, current } },
  };
}
