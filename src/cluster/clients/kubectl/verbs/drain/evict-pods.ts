import { draw, drawWhole } from '../../../../../kernel/chance/draw.ts';
import { formatGoDuration } from '../../../../../kernel/time/go-duration.ts';
import { type Millis, SECOND } from '../../../../../kernel/time/millis.ts';
import type { Request } from '../../../../contract/request.ts';
import { evictionOf } from '../../../../objects/eviction.ts';
import type { Pod, PodDisruptionBudget } from '../../../../objects/kubernetes.ts';
import { selects } from '../../../../objects/label-selector.ts';
import { messageOf } from '../../failure.ts';
import { ask, type Invocation, type Steps } from '../../invocation.ts';
import { type DryRun, readDryRun } from '../../output/dry-run.ts';
import { isSkipped } from './pods-to-drain.ts';

/** A pod on its way from a node, as plain data. */
export interface LeavingPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** The API server has agreed: now it has to be gone. */
  readonly isAgreed: boolean;
  /** The API server tries again by itself: it has been asked, and has not answered. */
  readonly isTried?: true;
  /** When the next thing happens to it. */
  readonly at: Millis;
}

export interface Leaving {
  readonly startedAt: Millis;
  readonly pods: readonly LeavingPod[];
  readonly failures: readonly string[];
  readonly hadPods: boolean;
}

const RETRY_MS = 5 * SECOND;
const POLL_MS = SECOND;

export function leavingPod({ metadata }: Pod, now: Millis): LeavingPod {
  const { namespace = '', name = '', uid = '' } = metadata;
  return { namespace, name, uid, isAgreed: false, at: now };
}

/** One look at all pods that leave: what is due happens (kubectl: drain.go evictPods, deletePods). */
export function* goOnLeaving(invocation: Invocation, leaving: Leaving): Steps<Leaving> {
  const failures = [...leaving.failures];
  const pods: LeavingPod[] = [];
  // Each is asked by a goroutine of its own: all say so before the first answer is there.
  for (const pod of leaving.pods) announce(invocation, pod);
  const spent = new Set<string>();
  for (const pod of leaving.pods) {
    const waiting = meetsConflict(invocation, pod, spent);
    if (waiting) {
      pods.push(waiting);
      continue;
    }
    const next = yield* moveOn(invocation, pod, deadlineOf(invocation, leaving));
    if (typeof next === 'string') failures.push(next);
    else if (next !== undefined) pods.push(next);
    if (typeof next === 'object' && next.isAgreed && !pod.isAgreed)
      for (const budget of budgetsOf(invocation, pod)) spent.add(budget);
  }
  return { ...leaving, pods, failures };
}

/**
 * Of evictions at one moment one writes the budget, and for the others the API server tries again a little
 * later (registry/core/pod/storage/eviction.go EvictionsRetry: 500 ms, up to a tenth more).
 */
const CONFLICT_MS = [500, 550] as const;

/** How often the one before was through (`v1.36/c-drain`: one of two, `v1.20/c-drain`: none of two). */
const IN_TURN = 0.4;

function meetsConflict(
  invocation: Invocation,
  pod: LeavingPod,
  spent: ReadonlySet<string>,
): LeavingPod | undefined {
  const { call, flags } = invocation;
  const isAsked = !pod.isAgreed && pod.at <= call.now && !flags.bool('disable-eviction');
  if (!isAsked || !budgetsOf(invocation, pod).some((budget) => spent.has(budget))) return undefined;
  const [low, high] = CONFLICT_MS;
  const { command, now, view } = call;
  if (draw(view.chance, 'conflict', command, pod.uid) < IN_TURN) return undefined;
  return {
    ...pod,
    isTried: true,
    at: now + drawWhole(view.chance, low, high, 'conflict', command, pod.uid, now),
  };
}

/** The names of the budgets that guard a pod. */
function budgetsOf({ call: { view } }: Invocation, { namespace, name }: LeavingPod): readonly string[] {
  const labels = view.objects.get<Pod>('pods', namespace, name)?.metadata.labels;
  return view.objects
    .list<PodDisruptionBudget>('poddisruptionbudgets.policy', namespace)
    .filter(({ spec }) => selects(spec?.selector, labels))
    .map(({ metadata }) => `${namespace}/${metadata.name}`);
}

function announce(invocation: Invocation, pod: LeavingPod): void {
  const { call, flags, out } = invocation;
  if (pod.isAgreed || pod.isTried || pod.at > call.now || flags.bool('disable-eviction')) return;
  const dryRun = readDryRun(invocation) === 'server' ? ' (server dry run)' : '';
  out(`evicting pod ${pod.namespace}/${pod.name}${dryRun}\n`);
}

export function deadlineOf({ flags }: Invocation, { startedAt }: Leaving): Millis {
  return startedAt + (flags.duration('timeout') || Number.POSITIVE_INFINITY);
}

/** The pod as it is now, undefined when it is gone, or why it stays. */
function* moveOn(
  invocation: Invocation,
  pod: LeavingPod,
  deadline: Millis,
): Steps<LeavingPod | string | undefined> {
  const { call } = invocation;
  const isDue = pod.at <= call.now || (pod.isAgreed && call.now >= deadline);
  if (!isDue) return pod;
  const agreed = pod.isAgreed ? pod : yield* askToGo(invocation, pod, deadline);
  if (typeof agreed === 'string' || agreed === undefined || !agreed.isAgreed) return agreed;
  return awaitGone(invocation, agreed, deadline);
}

function* askToGo(
  invocation: Invocation,
  pod: LeavingPod,
  deadline: Millis,
): Steps<LeavingPod | string | undefined> {
  const { call, flags, err } = invocation;
  const { namespace, name } = pod;
  const dryRun = readDryRun(invocation);
  const isDeleted = flags.bool('disable-eviction');
  if (!isDeleted && call.now >= deadline) {
    const reached = `global timeout reached: ${formatGoDuration(flags.duration('timeout'))}`;
    return `error when evicting pods/"${name}" -n "${namespace}": ${reached}`;
  }
  const response = yield* ask(invocation, requestFor(invocation, pod, dryRun));
  const { isTried: _, ...asked } = pod;
  if (response.ok) return dryRun === 'server' && !isDeleted ? undefined : { ...asked, isAgreed: true };
  const { reason, code } = response.status;
  if (reason === 'NotFound') return undefined;
  const message = isDeleted
    ? messageOf({ status: response.status })
    : `error when evicting pods/"${name}" -n "${namespace}"`;
  if (isDeleted) return message;
  if (code !== 429) return `${message}: ${response.status.message}`;
  err(`${message} (will retry after 5s): ${response.status.message}\n`);
  return { ...asked, at: call.now + RETRY_MS };
}

function requestFor({ flags, version }: Invocation, pod: LeavingPod, dryRun: DryRun): Request {
  const { namespace, name } = pod;
  const grace = flags.int('grace-period');
  const options = grace < 0 ? {} : { gracePeriodSeconds: grace };
  const pretence = dryRun === 'server' ? { dryRun: true } : {};
  const target = { resource: 'pods', namespace, name, ...pretence };
  if (flags.bool('disable-eviction')) return { verb: 'delete', ...target, ...options };
  const object = evictionOf(pod, version, options);
  return { verb: 'create', ...target, subresource: 'eviction', object };
}

function awaitGone(
  invocation: Invocation,
  pod: LeavingPod,
  deadline: Millis,
): LeavingPod | string | undefined {
  const { call, flags, out, version, view } = invocation;
  const { namespace, name, uid } = pod;
  const live = view.objects.get<Pod>('pods', namespace, name);
  if (live === undefined || live.metadata.uid !== uid) {
    const dryRun = readDryRun(invocation) === 'server' ? ' (server dry run)' : '';
    out(`pod/${name} ${flags.bool('disable-eviction') ? 'deleted' : 'evicted'}${dryRun}\n`);
    return undefined;
  }
  if (isSkipped(invocation, live)) {
    const seconds = flags.int('skip-wait-for-delete-timeout');
    out(`pod "${name}" has DeletionTimestamp older than ${seconds} seconds, skipping\n`);
    return undefined;
  }
  if (call.now < deadline) return { ...pod, at: call.now + POLL_MS };
  const late =
    version.minor >= 32
      ? 'context deadline exceeded'
      : `global timeout reached: ${formatGoDuration(flags.duration('timeout'))}`;
  if (flags.bool('disable-eviction')) return late;
  return version.minor >= 28
    ? `error when waiting for pod "${name}" in namespace "${namespace}" to terminate: ${late}`
    : `error when waiting for pod "${name}" terminating: ${late}`;
}
