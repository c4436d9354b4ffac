import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Reaction } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { PodWorkerRow } from '../../contract/pod-worker-row.ts';
import { extended, isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Pod, PodCondition, PodStatus } from '../../objects/kubernetes.ts';
import { MIRROR } from '../../objects/mirror-pod.ts';
import { isTerminal } from '../../objects/pod-phase.ts';
import { statusKind } from '../../objects/status-kind.ts';
import { inVersion } from '../../objects/versions.ts';
import { deltaOf } from '../../world/object-delta.ts';
import { takeTurn } from '../paced-client.ts';
import { conditionOf, isByKubelet, overVerdict } from '../status/pod-conditions.ts';
import { ENDS_IN_TERMINAL_PHASE } from '../status/version-differences.ts';
import type { PodContext } from './pod-context.ts';
import { statusTurn, untoldAt } from './settled-turns.ts';

interface Publishing {
  /** Tell the API server even if nothing changed, as is done for pods under deletion. */
  readonly isForced?: boolean;
  /** The pod's last status: nothing is left of it on the machine. */
  readonly finished?: boolean;
}

/** Sets the pod's status and tells the API server. Kubelet: status_manager.go SetPodStatus and syncPod. */
export function* publishStatus(
  context: PodContext,
  status: PodStatus,
  publishing: Publishing = {},
): Reaction {
  const { node, key, pod, view } = context;
  const row = view.rows.row('podStatuses', key);
  const delta = deltaOf((row?.status ?? {}) as unknown as KubeObject, status as unknown as KubeObject);
  // A kubelet that has just started does not know what it told before.
  const isStarting = view.rows.row('machines', node)?.kubelet.starting === true;
  const isForced = publishing.isForced ?? (isStarting || pod.metadata.deletionTimestamp !== undefined);
  if (!delta && row && !isForced) return;
  yield* tellOvertaken(context, status);
  const finished = publishing.finished === true;
  if (delta || !row || (finished && !row.finished)) {
    yield { type: 'PodStatusSet', node, pod: key, ...delta, ...(finished && { finished }) };
  }
  if (statusTurn(view, context.worker, { status, now: context.now }) !== undefined) return;
  const client = { view, node, client: 'statuses', count: STATUS_REQUESTS } as const;
  if (yield* takeTurn(client, { pod: key }, context.now)) yield* sendStatus(context);
}

/** Tells what has waited until now. */
export function* tellInTurn(context: PodContext): Doing<void> {
  const { view, worker, now } = context;
  if (untoldAt(view, worker, now) === now) yield* tellNow(context);
}

/** What is still untold when there is more to tell was told before it, if it was told at all. */
function* tellOvertaken(context: PodContext, next: PodStatus): Doing<void> {
  const { view, worker, now } = context;
  if (view.chance.outcomes === undefined || untoldAt(view, worker, now) === undefined) return;
  const status = view.rows.row('podStatuses', worker.key)?.status ?? {};
  if (statusKind(status) !== statusKind(next)) yield* tellNow(context);
}

function* tellNow(context: PodContext): Doing<void> {
  const { view, node, key, now } = context;
  const client = { view, node, client: 'statuses', count: STATUS_REQUESTS } as const;
  if (yield* takeTurn(client, { pod: key }, now)) yield* sendStatus(context);
}

/** A status is told by looking at the object and then writing to it. */
export const STATUS_REQUESTS = 2;

/** The status that the kubelet holds of a pod, or before it has one, what the API server holds. */
export function currentStatus({ view, key, pod }: PodContext): PodStatus {
  return view.rows.row('podStatuses', key)?.status ?? pod.status ?? {};
}

/**
 * Brings the API server's idea of the pod's status up to the kubelet's, and deletes a pod that is finished.
 */
export function* sendStatus(context: PodContext): Reaction {
  const { view, key, worker } = context;
  const row = view.rows.row('podStatuses', key);
  if (!row) return;
  const { namespace, name, uid } = worker;
  const got = yield { verb: 'get', resource: 'pods', namespace, name };
  // A pod that is gone, or another of its name: nobody asks for this status any more.
  if (!got.ok || !got.object || !isOf(got.object, worker)) return;
  let api = got.object as Pod;
  const merged = mergedStatus(context, api, row.status);
  if (!isEqualJson(api.status, merged)) {
    const patch = { metadata: { uid: api.metadata.uid }, status: patchTo(api.status ?? {}, merged) };
    const patched = yield {
      verb: 'patch',
      resource: 'pods',
      subresource: 'status',
      namespace,
      name,
      patchType: 'merge',
      patch,
    };
    if (!patched.ok) return;
    api = (patched.object as Pod | undefined) ?? api;
  }
  if (row.finished && !worker.static && mayGo(context, api)) {
    yield {
      verb: 'delete',
      resource: 'pods',
      namespace,
      name,
      gracePeriodSeconds: 0,
      preconditions: { uid },
    };
  }
}

/** Whether a pod in the API is the very pod, or shows it. */
function isOf({ metadata }: KubeObject, { uid, static: isStatic }: PodWorkerRow): boolean {
  return isStatic ? metadata.annotations?.[MIRROR] === uid : metadata.uid === uid;
}

function mayGo({ version }: PodContext, { metadata, status }: Pod): boolean {
  if (metadata.deletionTimestamp === undefined) return false;
  const isTerminal = status?.phase === 'Succeeded' || status?.phase === 'Failed';
  return isTerminal || !inVersion(ENDS_IN_TERMINAL_PHASE, version);
}

/** A pod is not told to be over while some of it may still run. Kubelet: status_manager.go mergePodStatus. */
function mergedStatus(context: PodContext, api: Pod, status: PodStatus): PodStatus {
  const others = (api.status?.conditions ?? []).filter((condition) => !isByKubelet(condition));
  const own = (status.conditions ?? []).filter(isByKubelet);
  const old = api.status ?? {};
  const isHeldBack = isTerminal({ status }) && !isTerminal({ status: old }) && mayRun(context);
  const { phase, reason, message, ...rest } = status;
  const spoken = isHeldBack ? old : { phase, reason, message };
  const merged: PodStatus = extended(extended(keptByOthers(old), rest), {
    ...([...others, ...own].length > 0 && { conditions: [...others, ...own] }),
    ...(spoken.phase !== undefined && { phase: spoken.phase }),
    ...(spoken.reason !== undefined && { reason: spoken.reason }),
    ...(spoken.message !== undefined && { message: spoken.message }),
  });
  return isTerminal({ status: merged }) ? { ...merged, conditions: unready(context, merged) } : merged;
}

/**
 * Before its worker has stopped everything, a pod may still run. Kubelet: pod_workers.go
 * CouldHaveRunningContainers.
 */
function mayRun({ worker, version }: PodContext): boolean {
  if (!inVersion(ENDS_IN_TERMINAL_PHASE, version)) return false;
  return worker.stage === 'syncing' || worker.stage === 'terminating';
}

/**
 * What of a status the kubelet neither owns nor touches. Where room was made is none of it: before binding
 * cleared that, the kubelet's first word did (v1.20/i-scheduler, t+86.988).
 */
function keptByOthers({ resourceClaimStatuses, qosClass }: PodStatus): PodStatus {
  return {
    ...(resourceClaimStatuses !== undefined && { resourceClaimStatuses }),
    ...(qosClass !== undefined && { qosClass }),
  };
}

function unready(context: PodContext, { phase = '', conditions = [] }: PodStatus): PodCondition[] {
  const isReady = conditions.some(
    ({ type, status }) => status === 'True' && (type === 'Ready' || type === 'ContainersReady'),
  );
  if (!isReady) return conditions;
  const { pod, version, view, now } = context;
  const old = { conditions };
  const input = { old, pod, version, now: formatRfc3339(view.settings.epochMs + now) };
  return conditions.map((condition) =>
    condition.type === 'Ready' || condition.type === 'ContainersReady'
      ? conditionOf(input, condition.type, overVerdict(phase))
      : condition,
  );
}

/** A JSON merge patch: fields that are gone are null. */
function patchTo(before: PodStatus, after: PodStatus): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  const from = before as Record<string, unknown>;
  const to = after as Record<string, unknown>;
  for (const field of Object.keys(to)) if (!isEqualJson(from[field], to[field])) patch[field] = to[field];
  for (const field of Object.keys(from)) if (to[field] === undefined) patch[field] = null;
  return patch;
}
