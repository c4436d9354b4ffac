import { humanDuration } from '../cluster/clients/kubectl/print/age.ts';
import { podColumns } from '../cluster/clients/kubectl/print/columns/pod-columns.ts';
import type { PrintContext } from '../cluster/clients/kubectl/print/print-context.ts';
import { compareText } from '../cluster/objects/json.ts';
import type { Pod } from '../cluster/objects/kubernetes.ts';
import { storagePrefix } from '../cluster/objects/storage-key.ts';
import type { World } from '../cluster/world/world.ts';
import type { Written } from '../kernel/table/versioned-table.ts';
import type { Millis } from '../kernel/time/millis.ts';
import type { Timeline } from '../replay/timeline.ts';
import { writtenLast } from '../replay/written-last.ts';
import type { ChangeWords } from '../words/entry-words.ts';
import { entryWordsIn } from '../words/entry-words-in.ts';
import { restartsOf, summaries } from './pod-summaries.ts';

/** A pod at an instant: what `kubectl get pods` says of it, and what happened to it last. */
export interface PodRow {
  readonly namespace: string;
  readonly name: string;
  readonly ready: string;
  readonly status: string;
  readonly restarts: string;
  readonly age: string;
  readonly node: string;
  /** `was ContainerCreating 0/1`. */
  readonly change: string;
  /** `3s ago` */
  readonly ago: string;
  /** seq of the entry that changed it. */
  readonly changedAt: number;
}

/** A pod that there is, or one that has just been removed. */
export interface PodThere {
  /** Its etcd key. */
  readonly key: string;
  /** seq of the entry that wrote it last. */
  readonly writtenAt: number;
  readonly isGone: boolean;
}

export interface Instant {
  readonly cursor: number;
  readonly clock: Millis;
}

interface PodRoom {
  readonly most: number;
  /** The etcd key of a pod that is shown in any case. */
  readonly selected?: string | undefined;
  readonly language?: string;
}

/** A pod that was removed is told of for so long. */
const REMEMBERED_MS = 15_000;

/** The pods at an instant, and those that were removed shortly before. */
export function podsAt(timeline: Timeline, { cursor, clock }: Instant): readonly PodThere[] {
  const { objects } = timeline.worldAt(cursor).store.tables;
  const present = objects.writtenBy('resource', PODS, cursor).map(isThere);
  return [...present, ...removedPods(timeline, { cursor, clock })];
}

/** How many these are. */
export function podCountAt(timeline: Timeline, instant: Instant): number {
  const { objects } = timeline.worldAt(instant.cursor).store.tables;
  return objects.countBy('resource', PODS, instant.cursor) + [...removedPods(timeline, instant)].length;
}

/**
 * So many of the pods, the one that is selected and those that were written last, in the order of their keys.
 * There may be ten thousand, of which a few are shown: the others are not looked at.
 */
export function podRows(
  timeline: Timeline,
  { cursor, clock }: Instant,
  { most, selected, language = 'en' }: PodRoom,
): readonly PodRow[] {
  const { changes: words } = entryWordsIn(language);
  const world = timeline.worldAt(cursor);
  const settings = world.store.tables.settings.read('cluster', cursor);
  const context: PrintContext = {
    now: (settings?.epochMs ?? 0) + clock,
    version: settings?.version ?? { minor: 36, patch: 0 },
  };
  return latestPods(timeline, { cursor, clock }, { most, selected })
    .flatMap((there) => {
      const row = rowOf(there, world, { context, words });
      return row ? { ...row, ago: agoText(clock - timeline.timeOf(row.changedAt), words) } : [];
    })
    .sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
}

function latestPods(
  timeline: Timeline,
  instant: Instant,
  { most, selected }: Pick<PodRoom, 'most' | 'selected'>,
): readonly PodThere[] {
  const { cursor } = instant;
  const { objects } = timeline.worldAt(cursor).store.tables;
  const latest = writtenLast(timeline, { folder: PODS, cursor, most }).map(isThere);
  const removed = [...removedPods(timeline, instant)];
  const isShown = selected === undefined || [...latest, ...removed].some(({ key }) => key === selected);
  const chosen: readonly PodThere[] =
    isShown || !selected.startsWith(PODS) || objects.read(selected, cursor) === undefined
      ? []
      : [isThere({ key: selected, seq: objects.changedAt(selected, cursor) ?? 0 })];
  const weightOf = ({ key, writtenAt }: PodThere): number =>
    key === selected ? Number.POSITIVE_INFINITY : writtenAt;
  return [...chosen, ...latest, ...removed]
    .sort((a, b) => (weightOf(a) === weightOf(b) ? 0 : weightOf(b) - weightOf(a)))
    .slice(0, Math.max(0, most));
}

function isThere({ key, seq }: Written): PodThere {
  return { key, writtenAt: seq, isGone: false };
}

const PODS = storagePrefix('pods');

function* removedPods(timeline: Timeline, { cursor, clock }: Instant): Generator<PodThere> {
  const { objects } = timeline.worldAt(cursor).store.tables;
  const { type, object } = timeline.facts;
  const deleted = type.names.find('ObjectDeleted');
  for (let seq = cursor; seq > 0 && timeline.timeOf(seq) >= clock - REMEMBERED_MS; seq--) {
    if (type.idAt(seq) !== deleted || !object.textAt(seq).startsWith(PODS)) continue;
    const key = object.textAt(seq);
    // Removed, and not come back since.
    if (objects.changedAt(key, cursor) === seq) yield { key, writtenAt: seq, isGone: true };
  }
}

function rowOf(
  { key, writtenAt, isGone }: PodThere,
  world: World,
  { context, words }: { readonly context: PrintContext; readonly words: ChangeWords },
): Omit<PodRow, 'ago'> | undefined {
  const pod = world.store.tables.objects.read(key, isGone ? writtenAt - 1 : world.seq) as Pod | undefined;
  if (!pod) return undefined;
  const cells = new Map(podColumns.map(({ name, cell }) => [name, String(cell(pod, context) ?? '')]));
  const row = {
    namespace: pod.metadata.namespace ?? '',
    name: pod.metadata.name ?? '',
    ready: cells.get('Ready') ?? '',
    status: cells.get('Status') ?? '',
    restarts: cells.get('Restarts') ?? '',
    age: cells.get('Age') ?? '',
    node: pod.spec.nodeName ?? '',
  };
  if (isGone)
    return {
      ...row,
      ready: '-',
      status: words.gone,
      age: '-',
      change: words.removed,
      changedAt: writtenAt,
    };
  return { ...row, ...lastChange({ key, writtenAt }, world, words) };
}

/** Back through the pod's versions to the last one that a reader could tell from the one before. */
function lastChange(
  { key, writtenAt }: Pick<PodThere, 'key' | 'writtenAt'>,
  world: World,
  words: ChangeWords,
): Pick<PodRow, 'change' | 'changedAt'> {
  const { objects } = world.store.tables;
  let changedAt = writtenAt;
  for (;;) {
    const after = objects.read(key, changedAt) as Pod | undefined;
    const before = objects.read(key, changedAt - 1) as Pod | undefined;
    if (!after || !before) return { change: words.new, changedAt };
    const change = wasText(before, after, { world, words });
    if (change !== undefined) return { change, changedAt };
    const earlier = objects.changedAt(key, changedAt - 1);
    if (earlier === undefined || earlier >= changedAt) return { change: words.new, changedAt };
    changedAt = earlier;
  }
}

/** What of the row was otherwise before. */
function wasText(
  before: Pod,
  after: Pod,
  { world, words }: { readonly world: World; readonly words: ChangeWords },
): string | undefined {
  const { old, now } = summaries(before, after, world);
  const restarts = restartsOf(before);
  const was = [
    ...(old.status === now.status ? [] : [old.status]),
    ...(old.ready === now.ready ? [] : [old.ready]),
    ...(restarts === restartsOf(after) ? [] : [words.restartCount(restarts)]),
  ];
  if (was.length > 0) return words.was(was.join(' '));
  return after.spec.nodeName && !before.spec.nodeName ? words.boundTo(after.spec.nodeName) : undefined;
}

function agoText(ms: Millis, words: ChangeWords): string {
  return ms < 1000 ? words.now : words.ago(humanDuration(ms));
}
