import { MINUTE, type Millis } from '../../../kernel/time/millis.ts';
import { formatRfc3339, parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Reaction, View } from '../../contract/component.ts';
import { withCondition } from '../../objects/conditions.ts';
import { isEqualJson, sortedKeys } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type {
  Condition,
  LabelSelector,
  Pod,
  PodDisruptionBudget,
  PodDisruptionBudgetStatus,
} from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { type Occurrence, record } from '../../recorder/record.ts';
import { isReady } from '../shared/pod-state.ts';
import { expectedPods } from './expected-pods.ts';

const COMPONENT = 'controllermanager';

/** So long an eviction may take until the pod is asked to go (disruption.go DeletionTimeout). */
const DELETION_TIMEOUT_MS = 2 * MINUTE;

/** Budgets of policy/v1 have conditions; those of v1beta1 had none. */
const HAS_CONDITIONS: Since<boolean> = [
  [0, false],
  [21, true],
];

/** What a budget's status says, as its pods are now. */
export function* syncBudget(view: View, key: string, now: Millis): Reaction {
  const budget = view.objects.byKey<PodDisruptionBudget>(key);
  if (!budget) return;
  const pods = podsOf(view, budget);
  const tell = (type: Occurrence['type'], reason: string, message: string): Reaction =>
    record(view, { component: COMPONENT, object: budget as KubeObject, type, reason, message }, now);
  if (pods.length === 0) yield* tell('Normal', 'NoPods', 'No matching pods found');
  const count = expectedPods(view, budget, pods);
  if ('error' in count) {
    const failure = `Failed to calculate the number of expected pods: ${count.error}`;
    yield* tell('Warning', 'CalculateExpectedPodCountFailed', failure);
    yield* update(budget, failedStatus(view, budget, count.error, now));
    return;
  }
  if (count.hasUnmanaged) yield* tell('Warning', 'UnmanagedPods', unmanagedText(budget));
  const disruptedPods = stillDisrupted(view, budget, pods, now);
  const currentHealthy = pods.filter(
    (pod) =>
      pod.metadata.deletionTimestamp === undefined &&
      disruptedPods[pod.metadata.name ?? ''] === undefined &&
      isReady(pod),
  ).length;
  const { expected: expectedCount, desired: desiredHealthy } = count;
  const disruptionsAllowed = expectedCount <= 0 ? 0 : Math.max(0, currentHealthy - desiredHealthy);
  const status: PodDisruptionBudgetStatus = {
    observedGeneration: budget.metadata.generation ?? 0,
    ...(Object.keys(disruptedPods).length > 0 && { disruptedPods }),
    disruptionsAllowed,
    currentHealthy,
    desiredHealthy,
    expectedPods: expectedCount,
  };
  const conditions = conditionsAfter(view, budget, disruptionsAllowed, now);
  yield* update(budget, { ...status, ...(conditions && { conditions }) });
}

function podsOf({ objects }: View, { metadata, spec }: PodDisruptionBudget): readonly Pod[] {
  return objects
    .list<Pod>('pods', metadata.namespace)
    .filter((pod) => selects(spec?.selector, pod.metadata.labels));
}

/** Evicted pods that have not been asked to go yet, and since when. */
function stillDisrupted(
  { settings }: View,
  { status }: PodDisruptionBudget,
  pods: readonly Pod[],
  now: Millis,
): Readonly<Record<string, string>> {
  const going = Object.entries(status?.disruptedPods ?? {}).filter(
    ([name, since]) =>
      (parseRfc3339(since) ?? 0) + DELETION_TIMEOUT_MS >= settings.epochMs + now &&
      pods.some(({ metadata }) => metadata.name === name && metadata.deletionTimestamp === undefined),
  );
  return Object.fromEntries(going);
}

/** When the next of a budget's evictions has taken too long. */
export function disruptionsEnd({ objects, settings }: View, key: string, from: Millis): Millis | undefined {
  const disrupted = objects.byKey<PodDisruptionBudget>(key)?.status?.disruptedPods ?? {};
  const ends = Object.values(disrupted)
    .map((since) => (parseRfc3339(since) ?? 0) + DELETION_TIMEOUT_MS + 1 - settings.epochMs)
    .filter((at) => at >= from);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

function conditionsAfter(
  { settings }: View,
  { metadata, status }: PodDisruptionBudget,
  allowed: number,
  now: Millis,
): Condition[] | undefined {
  if (!inVersion(HAS_CONDITIONS, settings.version)) return undefined;
  const condition = {
    type: 'DisruptionAllowed',
    status: allowed > 0 ? 'True' : 'False',
    observedGeneration: metadata.generation ?? 0,
    lastTransitionTime: formatRfc3339(settings.epochMs + now),
    reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
  };
  return withCondition(status?.conditions, condition);
}

/** Nothing may be evicted while nobody knows how many pods there should be. */
function failedStatus(
  { settings }: View,
  { status, metadata }: PodDisruptionBudget,
  message: string,
  now: Millis,
): PodDisruptionBudgetStatus {
  const failed = { ...status, disruptionsAllowed: 0 };
  if (!inVersion(HAS_CONDITIONS, settings.version)) return failed;
  const condition = {
    type: 'DisruptionAllowed',
    status: 'False',
    observedGeneration: status?.observedGeneration ?? metadata.generation ?? 0,
    lastTransitionTime: formatRfc3339(settings.epochMs + now),
    reason: 'SyncFailed',
    message,
  };
  return { ...failed, conditions: withCondition(status?.conditions, condition) };
}

function* update(budget: PodDisruptionBudget, status: PodDisruptionBudgetStatus): Reaction {
  if (isEqualJson(budget.status, status)) return;
  const { namespace = '', name = '' } = budget.metadata;
  yield {
    verb: 'update',
    resource: 'poddisruptionbudgets.policy',
    subresource: 'status',
    namespace,
    name,
    object: { ...budget, status } as KubeObject,
  };
}

function unmanagedText({ spec }: PodDisruptionBudget): string {
  const selector = selectorText(spec?.selector);
  return (
    `Pods selected by this PodDisruptionBudget (selector: ${selector}) were found to be unmanaged. ` +
    'As a result, the status of the PDB cannot be calculated correctly, which may result in undefined ' +
    'behavior. To account for these pods please set ".spec.minAvailable" field of the PDB ' +
    'to an integer value.'
  );
}

/** As Go prints a selector (apimachinery: meta/v1 generated.pb.go String). */
function selectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector = {}): string {
  const labels = sortedKeys(matchLabels).map((key) => `${key}: ${matchLabels[key]},`);
  const expressions = matchExpressions.map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],},`,
  );
  const wanted = `[]LabelSelectorRequirement{${expressions.join('')}}`;
  const matched = `map[string]string{${labels.join('')}}`;
  return `&LabelSelector{MatchLabels:${matched},MatchExpressions:${wanted},}`;
}
