import type { CoreEvent } from '../../cluster/objects/kubernetes.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { objectKey } from '../normal/object-key.ts';
import type { Play, RestoredObject, WatchedChange } from '../play.ts';
import type { Remark } from './read-commands.ts';
import { kubeletStarts, type RecordedFault } from './recorded-faults.ts';

/** What a recording tells of its control plane. */
interface Recorded extends Pick<Play, 'commands' | 'changes'> {
  readonly remarks: readonly Remark[];
}

type Step = Readonly<Record<string, unknown>>;

/**
 * What was done to a control plane that runs beside the recorded nodes: etcd was saved and restored, its
 * programs were stopped and came back. `etcdctl` itself has no machine here on which it could be typed.
 */
export function controlPlaneFaultsOf(recording: Recorded): readonly RecordedFault[] {
  const { commands, remarks, changes } = recording;
  const saves = commands.flatMap(({ line, endMs }) => {
    const file = /\betcdctl\b.*\bsnapshot save (\S+)/.exec(line)?.[1];
    return file === undefined ? [] : [fault(endMs, { save: 'etcd', as: labelOf(file) })];
  });
  const file = commands.flatMap(({ line }) => /\bsnapshot restore (\S+)/.exec(line)?.[1] ?? []).at(-1);
  const done = remarks.flatMap(({ atMs, text }): readonly RecordedFault[] => {
    if (/^STOP apiserver\b.*\betcd\b/i.test(text))
      return [fault(atMs, { stop: 'kube-apiserver' }), fault(atMs, { stop: 'etcd' })];
    if (/^etcd started on restored/i.test(text) && file !== undefined)
      return [fault(atMs, { restore: 'etcd', to: labelOf(file) }), fault(atMs, { start: 'etcd' })];
    if (/^apiserver ready/i.test(text))
      return [fault(servesAt(recording, atMs), { start: 'kube-apiserver' })];
    if (/^RESTART kcm, scheduler, kubelet/i.test(text)) return restarts(changes, atMs);
    return [];
  });
  return [...saves, ...done].sort((a, b) => a.atMs - b.atMs);
}

/** Objects as they were when etcd was saved, at the time at which it was turned back to that. */
export function restoredObjects(recording: Recorded): readonly RestoredObject[] {
  const faults = controlPlaneFaultsOf(recording);
  const restored = faults.find(({ step }) => 'restore' in step.fault);
  const saved = faults.findLast(
    ({ step, atMs }) => 'save' in step.fault && atMs < (restored?.atMs ?? Number.NEGATIVE_INFINITY),
  );
  if (!restored || !saved) return [];
  const objects = new Map<string, RestoredObject['object']>();
  for (const { object, type, atMs } of recording.changes) {
    if (atMs > saved.atMs) break;
    if (type === 'DELETED') objects.delete(objectKey(object));
    else objects.set(objectKey(object), object);
  }
  return [...objects.values()].map((object) => ({ atMs: restored.atMs, object }));
}

function fault(atMs: Millis, what: Step): RecordedFault {
  return { atMs, step: { fault: what } };
}

function labelOf(file: string): string {
  return file
    .replace(/^.*\//, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
}

/** It was waited for, and had been there a little earlier: when somebody first wrote something. */
function servesAt({ commands, changes }: Recorded, toldMs: Millis): Millis {
  const refusedMs = commands.findLast(({ endMs, exitCode }) => endMs < toldMs && exitCode !== 0)?.endMs ?? 0;
  const first = changes.find(({ atMs }) => atMs > refusedMs && atMs < toldMs);
  return Math.max(refusedMs, (first?.atMs ?? toldMs) - ANSWERS_MS);
}

/** From the moment at which an API server answers to the first write. */
const ANSWERS_MS = 20;

/** Controllers and the scheduler do nothing before the lease of those before them has ended. */
function restarts(changes: readonly WatchedChange[], fromMs: Millis): readonly RecordedFault[] {
  const later = changes.filter(({ atMs }) => atMs > fromMs);
  const timeOf = (is: (change: WatchedChange) => boolean): Millis | undefined => later.find(is)?.atMs;
  const controllersMs = timeOf(({ object }) => /^(ReplicaSet|Deployment)$/.test(object.kind));
  const schedulerMs = schedulerSince(timeOf, controllersMs);
  return [
    ...stopAndStart('kube-controller-manager', fromMs, controllersMs),
    ...stopAndStart('kube-scheduler', fromMs, schedulerMs),
    ...kubeletStarts(later).map(({ atMs, node }): RecordedFault => {
      const takes = `${Math.round(atMs - fromMs)}ms`;
      return { atMs: fromMs, node, step: { fault: { restart: 'kubelet', node, takes } } };
    }),
  ];
}

/** Since it leads, unless it told of its first pod as soon as that was there: then it was there before. */
function schedulerSince(
  timeOf: (is: (change: WatchedChange) => boolean) => Millis | undefined,
  controllersMs: Millis | undefined,
): Millis | undefined {
  const madeMs = timeOf(({ object, type }) => object.kind === 'Pod' && type === 'ADDED');
  const scheduledMs = timeOf(({ object }) => (object as CoreEvent).reason === 'Scheduled');
  if (madeMs === undefined || scheduledMs === undefined) return controllersMs;
  return scheduledMs - madeMs < AT_ONCE_MS ? controllersMs : scheduledMs;
}

const AT_ONCE_MS = 200;

/** From the moment at which a program leads to its first write. */
const LISTS_MS = 40;

function stopAndStart(program: string, fromMs: Millis, toMs: Millis | undefined): readonly RecordedFault[] {
  if (toMs === undefined) return [];
  return [fault(fromMs, { stop: program }), fault(toMs - LISTS_MS, { start: program })];
}
