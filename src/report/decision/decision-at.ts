import type { Event } from '../../cluster/contract/event.ts';
import type { Pod } from '../../cluster/objects/kubernetes.ts';
import { seenAt } from '../../cluster/runtime/seen-at.ts';
import { type Attempt, attempt } from '../../cluster/scheduler/attempt.ts';
import { messageOf } from '../../cluster/scheduler/failure-message.ts';
import { scheduler } from '../../cluster/scheduler/scheduler.ts';
import { waitingUnder } from '../../cluster/scheduler/waiting.ts';
import { objectReader, rowReader } from '../../cluster/world/readers.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { commitOf, previousStop } from '../../replay/seek.ts';
import type { Timeline } from '../../replay/timeline.ts';

/**
 * A decision of the scheduler, found again: nothing of it is kept in the log but what came of it, since all
 * of it follows from the world that the scheduler knew.
 */
export interface Decision extends Attempt {
  readonly at: Millis;
  /** What came of it, as the log has it: a node, or what the pod was told. */
  readonly logged: Logged;
  /** Whether the same comes of it now; a log of another version of kubereel may have decided otherwise. */
  readonly isSame: boolean;
}

export type Logged = { readonly node: string } | { readonly message: string | undefined };

/** The decision that an entry is part of; undefined for any other entry. */
export function decisionAt(timeline: Timeline, seq: number): Decision | undefined {
  if (timeline.entries.of(seq)?.actor !== scheduler.name) return undefined;
  const end = commitOf(timeline, seq);
  const first = previousStop(timeline, end) + 1;
  const commit: Entry<Event>[] = [];
  for (let each = first; each <= end; each++) {
    const entry = timeline.entries.of(each);
    if (entry) commit.push(entry);
  }
  const logged = loggedIn(commit);
  const [entry] = commit;
  if (!logged || !entry) return undefined;
  const reserved = reservedBefore(timeline, entry);
  if (reserved !== undefined && 'node' in logged) return decisionAt(timeline, reserved);
  const made = attemptAgain(timeline, entry);
  return made && { ...made, at: entry.at, logged, isSame: isSame(made, logged) };
}

/** The entry that gave a pod its node, which it was bound to only when its volumes were there. */
function reservedBefore(timeline: Timeline, { seq, key }: Entry<Event>): number | undefined {
  const { scheduling } = timeline.worldAt(seq).store.tables;
  return scheduling.read(key, seq - 1)?.reserved && scheduling.changedAt(key, seq - 1);
}

/**
 * The last decision about a pod up to an entry: the one that gave it its node, or the one that found none.
 */
export function decisionAbout(timeline: Timeline, podKey: string, seq: number): Decision | undefined {
  const { store } = timeline.worldAt(seq);
  const bound = boundAt(timeline, podKey, seq);
  const failed = store.tables.scheduling.changedAt(podKey, seq);
  const latest = [bound, failed].filter((each) => each !== undefined).sort((a, b) => b - a);
  for (const each of latest) {
    const decision = decisionAt(timeline, each);
    if (decision) return decision;
  }
  return undefined;
}

/** seq of the entry that gave a pod its node. */
function boundAt(timeline: Timeline, podKey: string, seq: number): number | undefined {
  const { objects } = timeline.worldAt(seq).store.tables;
  let bound: number | undefined;
  for (const { seq: written, row } of objects.latest(podKey, seq)) {
    if (!row) continue;
    // Other objects are asked about too, and nobody gives those a node.
    if (row.kind !== 'Pod') return undefined;
    if (!(row as Pod).spec.nodeName) return bound;
    bound = written;
  }
  return undefined;
}

function loggedIn(commit: readonly Entry<Event>[]): Logged | undefined {
  let hasFailed = false;
  let message: string | undefined;
  for (const { event } of commit) {
    if (event.type === 'SchedulingReserved') return { node: event.node };
    if (event.type === 'SchedulingFailed') hasFailed = true;
    if (event.type !== 'ObjectUpdated' || event.resource !== 'pods') continue;
    const node = event.set?.['/spec/nodeName'];
    if (typeof node === 'string') return { node };
    message ??= verdictIn(Object.values(event.set ?? {}));
  }
  return hasFailed ? { message } : undefined;
}

/** What the pod's condition says, if this change is about it. */
function verdictIn(values: readonly unknown[]): string | undefined {
  for (const condition of values.flat()) {
    if (typeof condition !== 'object' || condition === null) continue;
    if (!('type' in condition) || condition.type !== 'PodScheduled' || !('message' in condition)) continue;
    return typeof condition.message === 'string' ? condition.message : undefined;
  }
  return undefined;
}

function attemptAgain({ entries, worldAt }: Timeline, { seq, at, key }: Entry<Event>): Attempt | undefined {
  const { tables } = worldAt(seq).store;
  const settings = tables.settings.read('cluster', seq - 1);
  if (!settings) return undefined;
  const before = {
    *[Symbol.iterator](): Generator<Entry<Event>> {
      for (let each = seq - 1; each > 0; each--) {
        const entry = entries.of(each);
        if (entry) yield entry;
      }
    },
  };
  const seen = seenAt({ settings, component: scheduler, at, before });
  const objects = objectReader({ tables, seq: seen });
  const pod = objects.byKey<Pod>(key);
  const profile = pod && waitingUnder(pod, settings);
  if (!profile || pod.metadata.deletionTimestamp !== undefined) return undefined;
  const rows = rowReader({ tables, seq: seq - 1 });
  return attempt({ settings, objects, rows, chance: settings }, pod, profile);
}

function isSame(made: Attempt, logged: Logged): boolean {
  const { outcome } = made;
  const node = 'choice' in outcome ? outcome.choice.node : undefined;
  if ('node' in logged) return logged.node === node;
  return node === undefined && (logged.message === undefined || logged.message === messageOf(made));
}
