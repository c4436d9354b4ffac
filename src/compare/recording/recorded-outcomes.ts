import type { NodeSettings } from '../../cluster/contract/settings.ts';
import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import type { CoreEvent, Pod } from '../../cluster/objects/kubernetes.ts';
import { resourceForKind } from '../../cluster/objects/schema/resources.ts';
import { statusKind } from '../../cluster/objects/status-kind.ts';
import { storageKey } from '../../cluster/objects/storage-key.ts';
import { targetNode } from '../../cluster/objects/target-node.ts';
import { type Outcomes, outcomeKey } from '../../kernel/chance/outcomes.ts';
import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import { MODERN_MINOR } from '../lags.ts';
import { familyOf } from '../normal/names.ts';
import { gridOf } from './grid-of.ts';
import { kubeletStarts } from './recorded-faults.ts';
import { recordedProbes } from './recorded-probes.ts';
import type { Recording } from './recording.ts';

/**
 * How what is drawn was drawn in a recording: the names and uids that objects were given, in the order in
 * which they came to be, and the node of each pod. A replay takes them where they are possible there, so that
 * two plays need not be alike in what nobody decides, and differ where a pod is on a node that was not among
 * the best ones.
 */
export function recordedOutcomes(
  {
    changes,
    minor,
    commands = [],
  }: Pick<Recording, 'changes' | 'minor'> & Partial<Pick<Recording, 'commands'>>,
  nodes: readonly Pick<NodeSettings, 'name' | 'kubeletStartedAt'>[],
): Outcomes {
  const outcomes: Record<string, string> = {};
  const births = new Map<string, Birth>();
  for (const { object } of changes) {
    const { uid } = object.metadata;
    if (uid === undefined || object.kind === 'Event') continue;
    if (!births.has(uid)) births.set(uid, { object, uid });
    settleNode(object, uid, outcomes);
  }
  settleBirths([...births.values()], outcomes);
  settleTurns(changes, outcomes);
  Object.assign(outcomes, recordedProbes(changes));
  if (minor < MODERN_MINOR) {
    settleKubelets({ changes, commands }, outcomes);
    settleForgotten(changes, outcomes);
  }
  const flush = flushOf(changes);
  if (flush !== undefined) outcomes[outcomeKey('flush of back-offs')] = String(flush);
  if (minor < EVENT_DRIVEN_MINOR) {
    for (const { name, kubeletStartedAt } of nodes) {
      const tick = statusTickOf(changes, name);
      if (tick !== undefined)
        outcomes[outcomeKey('status tick phase', name, kubeletStartedAt)] = String(tick - kubeletStartedAt);
    }
  }
  return outcomes;
}

/** Since then a kubelet lets go of deleted pods without waiting for its tick of ten seconds. */
const EVENT_DRIVEN_MINOR = 22;

interface Birth {
  readonly object: KubeObject;
  readonly uid: string;
}

/** The draws of `apiserver/naming/birth.ts`. */
function settleBirths(births: readonly Birth[], outcomes: Record<string, string>): void {
  const counts = new Map<string, number>();
  const countOf = (key: string): number => {
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return count;
  };
  for (const { object, uid } of births) {
    const { apiVersion = '', kind = '', metadata } = object;
    const { namespace, name = '', generateName } = metadata;
    const resource = resourceForKind(apiVersion, kind)?.name;
    if (resource === undefined) continue;
    const keyOf = (called: string): string =>
      storageKey({ resource, name: called, ...(namespace !== undefined && { namespace }) });
    const key = keyOf(name);
    outcomes[outcomeKey('uid', key, countOf(key))] = uid;
    if (generateName === undefined || familyOf(object) === undefined) continue;
    const node = placeOf(object);
    const of = ['name', 'generated', keyOf(generateName), ...(node === undefined ? [] : [node])] as const;
    outcomes[outcomeKey(...of, countOf(of.join(' ')))] = name;
  }
}

/** The node that a DaemonSet's pod is made for. */
function placeOf(object: KubeObject): string | undefined {
  const owners = object.metadata.ownerReferences ?? [];
  return owners.some(({ kind }) => kind === 'DaemonSet') ? targetNode(object as Pod) : undefined;
}

/** The draws of `scheduler/choose-node.ts` and `scheduler/preemption/preempt.ts`. */
function settleNode({ kind, metadata, ...rest }: KubeObject, uid: string, outcomes: Record<string, string>) {
  const { spec, status } = rest as Partial<Pod>;
  if (kind !== 'Pod') return;
  const { namespace = '', name = '' } = metadata;
  const settle = (purpose: string, node: string | undefined): void => {
    if (node) outcomes[outcomeKey(purpose, namespace, name, uid)] ??= node;
  };
  settle('scheduler tie', spec?.nodeName);
  settle('preemption', status?.nominatedNodeName);
}

/**
 * In which order pods found their nodes, and were given up or replaced: the draws of
 * `scheduler/queue/helped-pods.ts`, `controllers/shared/deletion-order.ts` and
 * `controllers/daemon-set/rolling-update.ts`.
 */
function settleTurns(changes: Recording['changes'], outcomes: Record<string, string>): void {
  for (const [turn, { object }] of changes.entries()) {
    if (object.kind !== 'Pod') continue;
    const { namespace = '', name = '', uid = '', deletionTimestamp } = object.metadata;
    if ((object as Pod).spec.nodeName)
      outcomes[outcomeKey('scheduler turn', namespace, name, uid)] ??= String(turn);
    if (deletionTimestamp !== undefined)
      outcomes[outcomeKey('deletion turn', namespace, name, uid)] ??= String(turn);
    if (deletionTimestamp !== undefined && placeOf(object) !== undefined)
      outcomes[outcomeKey('daemon turn', namespace, name, uid)] ??= String(turn);
  }
}

/**
 * When kubelets that make few requests a second told what, and let go of which pod: the draws of
 * `node/pod-worker/settled-turns.ts`. What else they had to tell, a recording of one namespace does not show.
 */
function settleKubelets(
  { changes, commands }: Pick<Recording, 'changes' | 'commands'>,
  outcomes: Record<string, string>,
): void {
  const isForced = (ms: Millis): boolean =>
    commands.some(
      ({ line, beginMs, endMs }) =>
        /\bdelete\b.*--(force|now|grace-period)\b/.test(line) && ms >= beginMs && ms <= endMs + ANSWER_MS,
    );
  const kinds = new Map<string, string>();
  for (const { object, type, atMs } of changes) {
    if (object.kind !== 'Pod') continue;
    const { namespace = '', name = '', uid = '', deletionGracePeriodSeconds } = object.metadata;
    const { status = {} } = object as Pod;
    const kind = statusKind(status);
    const isNew = kinds.get(uid) !== kind && status.containerStatuses !== undefined;
    kinds.set(uid, kind);
    const at = String(Math.round(atMs));
    // Who was taken away by force had not been let go of by then.
    const released = isForced(atMs) ? String(Math.round(atMs) + FORCED_MS) : at;
    if (deletionGracePeriodSeconds === 0 && type !== 'ADDED')
      outcomes[outcomeKey('release turn', namespace, name, uid)] ??= released;
    // What a container does after a back-off comes at drawn times.
    const isRestarted = status.containerStatuses?.some(({ restartCount }) => restartCount > 0) === true;
    if (!isNew || isRestarted || type === 'DELETED') continue;
    const key = outcomeKey('status turn', namespace, name, uid, kind);
    outcomes[key] = outcomes[key] === undefined ? at : `${outcomes[key]} ${at}`;
  }
}

/** Who was forgotten to be going had not been let go of until then: the draw of `settled-turns.ts` too. */
function settleForgotten(changes: Recording['changes'], outcomes: Record<string, string>): void {
  for (const { pod, atMs } of retoldPods(changes)) {
    const { namespace = '', name = '', uid = '' } = pod.metadata;
    outcomes[outcomeKey('release turn', namespace, name, uid)] = String(Math.round(atMs));
  }
}

/** From a request that a command made to what a watch tells of it. */
const ANSWER_MS = 20;
/** A kubelet that was too late would have come no sooner than so long after. */
const FORCED_MS = 1000;

/** Whether a pod was let go of by its kubelet, and not taken away by force. */
function isReleased({ spec, status }: Pod, node: string): boolean {
  const { containerStatuses = [] } = status ?? {};
  return spec.nodeName === node && containerStatuses.every(({ state }) => state?.running === undefined);
}

const STATUS_TICK_MS = 10_000;
/** What a kubelet does on a tick takes so long. */
const TICK_MS = 400;

/**
 * A time at which a kubelet told anew what a store that was turned back had forgotten, or let go of most of
 * its deleted pods, but for whole ticks: until it is restarted, and has others.
 */
function statusTickOf(all: Recording['changes'], node: string): Millis | undefined {
  const restartMs = kubeletStarts(all).find((start) => start.node === node)?.atMs ?? Number.POSITIVE_INFINITY;
  const changes = all.filter(({ atMs }) => atMs < restartMs);
  const retold = retoldPods(changes).find(({ pod }) => pod.spec.nodeName === node);
  if (retold) return Math.floor(retold.atMs) - TELLING_MS;
  const released = changes.flatMap(({ object, type, atMs }) =>
    type === 'DELETED' && object.kind === 'Pod' && isReleased(object as Pod, node) ? [atMs] : [],
  );
  return gridOf(released, STATUS_TICK_MS, TICK_MS);
}

/** From a tick to the first write that it leads to. */
const TELLING_MS = 10;

interface Retold {
  readonly pod: Pod;
  readonly atMs: Millis;
}

/** Pods that were asked to go, and then were not: only a store that was turned back forgets that. */
function retoldPods(changes: Recording['changes']): readonly Retold[] {
  const going = new Set<string>();
  return changes.flatMap(({ object, type, atMs }): Retold[] => {
    const { uid = '', deletionTimestamp } = object.metadata;
    if (object.kind !== 'Pod') return [];
    if (deletionTimestamp !== undefined) going.add(uid);
    const isForgotten = deletionTimestamp === undefined && type !== 'DELETED' && going.delete(uid);
    return isForgotten ? [{ pod: object as Pod, atMs }] : [];
  });
}

/**
 * Pods that wait for a node are taken up after their back-off once a second: the draw of `scheduler/queue`.
 */
function flushOf(changes: Recording['changes']): Millis | undefined {
  const tried = new Map<string, Millis>();
  const again = changes.flatMap(({ object, atMs }): Millis[] => {
    const { reason = '', involvedObject } = object as Partial<CoreEvent>;
    if (object.kind !== 'Event' || !/^(FailedScheduling|Scheduled)$/.test(reason)) return [];
    const uid = involvedObject?.uid ?? '';
    const before = tried.get(uid);
    tried.set(uid, atMs);
    return before !== undefined && atMs - before > FIRST_BACK_OFF_MS ? [atMs] : [];
  });
  return gridOf(again, SECOND);
}

/** No back-off is shorter, but for what its second of flushing takes away. */
const FIRST_BACK_OFF_MS = 900;
