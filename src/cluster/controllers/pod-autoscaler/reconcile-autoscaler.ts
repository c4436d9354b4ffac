import type { Millis } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { AutoscalerRow } from '../../contract/autoscaler-row.ts';
import type { Reaction, View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { isEqualJson } from '../../objects/json.ts';
import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerStatus,
  MetricStatus,
} from '../../objects/kubernetes.ts';
import { parseQuantity } from '../../objects/quantity.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { atWorkSince } from '../../world/control-plane.ts';
import { AUTOSCALERS, type AutoscalerLook, setCondition, type Target, tell } from './autoscaler-look.ts';
import { computeMetric } from './compute-metric.ts';
import { findPods, findScale } from './find-target.ts';
import type { Tolerances } from './replica-count.ts';
import { type Normalizing, normalize, normalizeByRules } from './stabilize.ts';

/** horizontal.go reconcileAutoscaler. */
export function* reconcileAutoscaler(
  view: View,
  autoscaler: HorizontalPodAutoscaler,
  { key, now }: { readonly key: string; readonly now: Millis },
): Reaction {
  const conditions = [...(autoscaler.status?.conditions ?? [])];
  const look: AutoscalerLook = { view, key, now, autoscaler, conditions };
  const found = yield* findScale(look);
  if (!found) {
    yield* writeStatus(look, { ...autoscaler.status, desiredReplicas: desiredBefore(look) });
    return;
  }
  const current = found.scale.spec?.replicas ?? 0;
  yield* beginMemory(look, current);
  const decided = yield* decide(look, found, current);
  if (decided === 'failed') return;
  const { replicas, reason, metrics } = decided;
  const isRescale = replicas !== current;
  if (isRescale && !(yield* rescale(look, found, { from: current, to: replicas, reason, metrics }))) return;
  yield* writeStatus(look, statusOf(look, { current, desired: replicas, metrics, isRescale }));
}

interface Decided {
  readonly replicas: number;
  readonly reason: string;
  readonly metrics: readonly MetricStatus[];
}

/** How many there shall be, and why. */
function* decide(
  look: AutoscalerLook,
  found: Pick<Target, 'resource' | 'scale'>,
  current: number,
): Doing<Decided | 'failed'> {
  const { maxReplicas: max, minReplicas: min = 1 } = look.autoscaler.spec;
  if (current === 0) {
    const message = 'scaling is disabled since the replica count of the target is zero';
    setCondition(look, 'ScalingActive', false, { reason: 'ScalingDisabled', message });
    return { replicas: 0, reason: '', metrics: [] };
  }
  if (current > max)
    return { replicas: max, reason: 'Current number of replicas above Spec.MaxReplicas', metrics: [] };
  if (current < min)
    return { replicas: min, reason: 'Current number of replicas below Spec.MinReplicas', metrics: [] };
  return yield* decideByMetrics(look, found, { current, min, max });
}

interface Bounds {
  readonly current: number;
  readonly min: number;
  readonly max: number;
}

function* decideByMetrics(
  look: AutoscalerLook,
  found: Pick<Target, 'resource' | 'scale'>,
  { current, min, max }: Bounds,
): Doing<Decided | 'failed'> {
  const computed = yield* computeAll(look, found, current);
  if ('problem' in computed) {
    const metrics = computed.metrics;
    yield* writeStatus(
      look,
      statusOf(look, { current, desired: desiredBefore(look), metrics, isRescale: false }),
    );
    yield* tell(look, 'Warning', { reason: 'FailedComputeMetricsReplicas', message: computed.problem });
    return 'failed';
  }
  const { replicas: desired, metric, metrics } = computed;
  const { view, key, now, autoscaler } = look;
  const memory = view.rows.row('autoscalers', key) ?? { recommended: [], changes: [] };
  const given: Normalizing = { now, current, desired, min, max, memory };
  const { behavior } = autoscaler.spec;
  const { replicas, able, limited } = behavior ? normalizeByRules(given, behavior) : normalize(given);
  if (memory.recommended.at(-1)?.size !== desired)
    yield { type: 'SizeRecommended', about: key, size: desired };
  setCondition(look, 'AbleToScale', true, able);
  setCondition(look, 'ScalingLimited', limited.isLimited, limited);
  const reason =
    desired > current ? `${metric} above target` : desired < current ? 'All metrics below target' : '';
  return { replicas, reason, metrics };
}

type All =
  | { readonly replicas: number; readonly metric: string; readonly metrics: readonly MetricStatus[] }
  | { readonly problem: string; readonly metrics: readonly MetricStatus[] };

/**
 * The most that any metric asks for; where some cannot be had, no less than there is
 * (computeReplicasForMetrics).
 */
function* computeAll(
  look: AutoscalerLook,
  found: Pick<Target, 'resource' | 'scale'>,
  current: number,
): Doing<All> {
  const target = yield* findPods(look, found);
  if ('problem' in target) return { problem: target.problem, metrics: [] };
  const specs = look.autoscaler.spec.metrics ?? [];
  const tolerances = tolerancesOf(look);
  const metrics: MetricStatus[] = [];
  const problems: { readonly reason: string; readonly problem: string; readonly inSum: string }[] = [];
  let most = { replicas: 0, metric: '' };
  for (const spec of specs) {
    const computed = yield* computeMetric({ look, target, tolerances }, spec);
    if ('problem' in computed) {
      problems.push(computed);
      metrics.push({ type: '' });
      continue;
    }
    const { replicas, metric, status } = computed;
    metrics.push(status);
    if (most.replicas === 0 || replicas > most.replicas) most = { replicas, metric };
  }
  const [first] = problems;
  if (first && (problems.length >= specs.length || most.replicas < current)) {
    const message = `the HPA was unable to compute the replica count: ${first.problem}`;
    setCondition(look, 'ScalingActive', false, { reason: first.reason, message });
    const count = `${problems.length} invalid out of ${specs.length}`;
    return { problem: `invalid metrics (${count}), first error is: ${first.inSum}`, metrics };
  }
  const message = `the HPA was able to successfully calculate a replica count from ${most.metric}`;
  setCondition(look, 'ScalingActive', true, { reason: 'ValidMetricFound', message });
  return { ...most, metrics };
}

/** What it remembered is gone with the program that did; it begins with what there is. */
function* beginMemory({ view, key, now }: AutoscalerLook, current: number): Doing<void> {
  const row: AutoscalerRow | undefined = view.rows.row('autoscalers', key);
  const since = atWorkSince(view.rows, 'kube-controller-manager', view.settings);
  if (row && row.recommended.length > 0 && row.since >= since && row.since <= now) return;
  yield { type: 'SizeRecommended', about: key, size: current, isFirst: true };
}

interface Rescaling {
  readonly from: number;
  readonly to: number;
  readonly reason: string;
  readonly metrics: readonly MetricStatus[];
}

function* rescale(
  look: AutoscalerLook,
  { resource, scale }: Pick<Target, 'resource' | 'scale'>,
  { from, to, reason, metrics }: Rescaling,
): Doing<boolean> {
  const { autoscaler, key } = look;
  const { namespace = '' } = autoscaler.metadata;
  const { name } = autoscaler.spec.scaleTargetRef;
  const object = { ...scale, spec: { ...scale.spec, replicas: to } };
  const answer = yield { verb: 'update', resource, subresource: 'scale', namespace, name, object };
  if (!answer.ok) {
    const { message: error } = answer.status;
    const told = `New size: ${to}; reason: ${reason}; error: ${error}`;
    yield* tell(look, 'Warning', { reason: 'FailedRescale', message: told });
    const message = `the HPA controller was unable to update the target scale: ${error}`;
    setCondition(look, 'AbleToScale', false, { reason: 'FailedUpdateScale', message });
    const desired = desiredBefore(look);
    yield* writeStatus(look, statusOf(look, { current: from, desired, metrics, isRescale: false }));
    return false;
  }
  const message = `the HPA controller was able to update the target scale to ${to}`;
  setCondition(look, 'AbleToScale', true, { reason: 'SucceededRescale', message });
  const told = `New size: ${to}; reason: ${reason}`;
  yield* tell(look, 'Normal', { reason: 'SuccessfulRescale', message: told });
  if (autoscaler.spec.behavior) yield { type: 'SizeChanged', about: key, by: to - from };
  return true;
}

/** kubernetes: features/kube_features.go HPAConfigurableTolerance. */
const OWN_TOLERANCE: Since<boolean> = [
  [0, false],
  [35, true],
];

/** Before 1.33 one tolerance was for both directions (replica_calculator.go). */
const OLD_TOLERANCE: Since<boolean> = [
  [0, true],
  [33, false],
];

const TOLERANCE = 0.1;

function tolerancesOf({ view, autoscaler }: AutoscalerLook): Tolerances {
  const { version } = view.settings;
  const { scaleUp, scaleDown } = autoscaler.spec.behavior ?? {};
  const own = (given: string | undefined): number =>
    given !== undefined && inVersion(OWN_TOLERANCE, version)
      ? Number(parseQuantity(given)?.nano ?? 0n) / 1e9
      : TOLERANCE;
  return {
    up: own(scaleUp?.tolerance),
    down: own(scaleDown?.tolerance),
    isOld: inVersion(OLD_TOLERANCE, version),
  };
}

function desiredBefore({ autoscaler }: AutoscalerLook): number {
  return autoscaler.status?.desiredReplicas ?? 0;
}

interface Outcome {
  readonly current: number;
  readonly desired: number;
  readonly metrics: readonly MetricStatus[];
  readonly isRescale: boolean;
}

function statusOf(
  { view, now, autoscaler: { status } }: AutoscalerLook,
  { current, desired, metrics, isRescale }: Outcome,
): HorizontalPodAutoscalerStatus {
  const lastScaleTime = isRescale ? formatRfc3339(view.settings.epochMs + now) : status?.lastScaleTime;
  return {
    currentReplicas: current,
    desiredReplicas: desired,
    currentMetrics: metrics.length > 0 ? [...metrics] : null,
    ...(lastScaleTime !== undefined && { lastScaleTime }),
  };
}

function* writeStatus(look: AutoscalerLook, said: HorizontalPodAutoscalerStatus): Doing<void> {
  const { autoscaler, conditions } = look;
  const status: HorizontalPodAutoscalerStatus = { ...said, conditions };
  if (isEqualJson(status, autoscaler.status ?? {})) return;
  const { namespace = '', name = '' } = autoscaler.metadata;
  const object = { ...autoscaler, status };
  const answer = yield {
    verb: 'update',
    resource: AUTOSCALERS,
    subresource: 'status',
    namespace,
    name,
    object,
  };
  if (!answer.ok) {
    const { message } = answer.status;
    yield* tell(look, 'Warning', { reason: 'FailedUpdateStatus', message });
  }
}
